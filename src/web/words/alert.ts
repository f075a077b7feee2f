/** One safety alert. */
export const alert = {
  title: 'Safety alert',
};
