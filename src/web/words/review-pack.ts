/** What an ACCT review takes along, on paper. */
export const reviewPack = { title: 'ACCT review pack' };
