import { oneOf } from '../answers/schema.js';
import { REMARKS } from '../custody/whereabouts/remarks.js';

export const REMARK = oneOf(
  REMARKS,
  'What it says of where the person was beyond what stands in it: that it shows their return, or their arrival, of which ' +
    'nothing was on record by then; that they were there already; or that this prison did not hold them then. The last ' +
    'two change nothing',
);
