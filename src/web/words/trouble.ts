/** Where something could not be shown, and what to do then. */
export const trouble = {
  notFound: {
    title: 'Page not found',
    says: [
      'If you typed the web address, check it is correct.',
      'It may be about somebody in a prison that you do not work in: then it is not shown to you.',
    ],
  },
  forbidden: {
    title: 'You do not have permission to access this page',
    check: 'Check that you have:',
    bullets: ['signed in with the right account', 'chosen the right location', 'the role that this page needs'],
    ask: 'Ask the person who looks after roles in your prison for it.',
  },
  otherSignIn: {
    title: 'What you sent was not saved',
    says: [
      'The page was open for too long, or it was sent from elsewhere: it does not belong to your present sign-in.',
      'Open the page again, and send it again.',
    ],
  },
  unreadable: {
    title: 'The web address is not correct',
    fields: {
      prisonNumber: 'A prison number is a letter, four digits and two letters, such as A1234BC.',
      prisonId: 'A prison is named by three letters, such as XYI.',
    },
    field: (name: string) => `“${name}” in it cannot be read.`,
    check: 'If you typed or copied the web address, check it is correct.',
  },
  refused: {
    title: 'That could not be done',
    nothing: 'Nothing was changed.',
  },
  conflict: {
    title: 'Somebody else was there first',
    says: 'This safety alert has changed since you opened it. Look at it again, and decide again.',
  },
  ownHandover: {
    title: 'You cannot sign your own hand-over',
    says: 'Whoever hands over cannot sign for the next shift.',
  },
  unreachable: {
    title: 'The log cannot be reached',
    asOf: (at: string) => `What the service knows is as of ${at}.`,
    says: [
      'What you sent may not have been saved. Send it again in a few minutes: nothing is done twice.',
      'If it goes on, tell those who run the service.',
    ],
  },
  failed: {
    title: 'Sorry, there is a problem with the service',
    says: ['Try again later.', 'What went wrong has been logged, without names.'],
  },
  tooMany: {
    title: 'Too many requests',
    says: ['Wait a minute, then try again.'],
  },
  code: (code: string) => `Code: ${code}`,
  home: 'Go to the home page',
};
