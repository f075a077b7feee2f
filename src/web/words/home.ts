/** The page people open every morning. */
export const home = {
  title: 'Home',
};
