/** Where something could not be shown, and what to do then. */
export const trouble = {
  notFound: {
    title: 'Page not found',
    says: [
      'If you typed the web address, check it is correct.',
      'If it is about somebody in a prison that you do not work in, you cannot see it.',
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
      'The page was open for too long, or you have signed in again since you opened it.',
      'Open the page again and send the form again.',
    ],
  },
  unreadable: {
    title: 'The web address is not correct',
    fields: {
      prisonNumber: 'A prison number is a letter, four digits and two letters, such as A1234BC.',
      prisonId: 'A prison is named by three letters, such as XYI.',
    },
    field: (name: string) => `“${name}” in the web address cannot be read.`,
    check: 'If you typed or copied the web address, check it is correct.',
  },
  refused: {
    title: 'That could not be done',
    nothing: 'Nothing was changed.',
  },
  conflict: {
    title: 'Somebody else has changed this safety alert',
    says: 'Nothing of yours was saved. Read it again before you decide.',
  },
  ownHandover: {
    title: 'You cannot sign your own hand-over',
    says: 'Somebody on the next shift must sign it.',
  },
  unreachable: {
    title: 'The log cannot be reached',
    asOf: (at: string) => `The service knows what was recorded up to ${at}.`,
    says: [
      'What you sent may not have been saved. Send it again in a few minutes: nothing is done twice.',
      'If this continues, tell the people who run the service.',
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
