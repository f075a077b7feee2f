/** By what right somebody is held. */
export const LEGAL_STATUSES = ['REMAND', 'CONVICTED', 'SENTENCED', 'RECALLED', 'INDETERMINATE', 'OTHER'] as const;
export type LegalStatus = (typeof LEGAL_STATUSES)[number];
