/** The list of safety alerts. */
export const alerts = {
  title: 'Safety alerts',
  open: 'Open it',
  repeats: 'Repeats',
};
