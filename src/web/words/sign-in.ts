/** Signing in and out, and changing location. */
export const signIn = {
  choose: {
    title: 'Choose who you are',
    hint: 'This is a demonstration. These people are invented, and so is everybody in their prisons.',
    people: {
      'safer-custody': {
        work: 'safer-custody officer',
        sees: 'Sees and acts on the safety alerts of a local with weekly key work, and reads key worker history.',
      },
      'case-coordinator': {
        work: 'ACCT Case Co-ordinator',
        sees: 'Reads the safety alerts and the key worker history of the same prison.',
      },
      'womens-prison': {
        work: 'safer-custody officer',
        sees: 'Works at a women’s prison that has no key work scheme and tells only what HMPPS publishes.',
      },
      'silent-feed': {
        work: 'safer-custody officer',
        sees: 'Works at a trainer whose case notes have not come since yesterday at 17:00.',
      },
      oversight: { work: 'regional oversight', sees: 'Sees the figures of all prisons, but no people.' },
      operator: {
        work: 'runs the service',
        sees: 'Reads the safety alerts of all prisons, and where a roll and the log differ.',
      },
    },
    error: 'Select who you are',
  },
  signedOut: { title: 'You have signed out', text: 'Close the browser if you share this computer.' },
  everywhere: {
    title: 'Still signed in on another computer?',
    text: 'This signs you out here, and on every other computer and in every other browser.',
    button: 'Sign out everywhere',
  },
  location: {
    question: 'Which location do you want to look at?',
    noneYet: 'You have no location yet. Ask the person who looks after roles in your prison to add yours.',
  },
  notSetUp: {
    title: 'Nobody can sign in here yet',
    says: [
      'Other services can use it, but sign-in for people has not been set up.',
      'Tell the people who run the service.',
    ],
  },
  notLetIn: {
    SIGN_IN_DENIED: {
      title: 'You were not signed in',
      says: ['The sign-in was cancelled or refused. You can try again.'],
    },
    SIGN_IN_OUT_OF_DATE: {
      title: 'This sign-in is out of date',
      says: ['It was already used, or was started too long ago or in another window. Sign in again.'],
    },
    SIGN_IN_FAILED: {
      title: 'You could not be signed in',
      says: ['The sign-in service sent an answer that cannot be used.', 'Tell the people who run the service.'],
    },
    NO_ROLE: {
      title: 'You do not have access to this service',
      says: [
        'You signed in, but your account has no Custody Watch role.',
        'Ask the person who looks after roles in your prison for the role that fits your work: to read safety alerts, to act on them, to read key worker history, or to see figures.',
        'Then sign in again.',
      ],
    },
    ISSUER_UNREACHABLE: {
      title: 'Nobody can sign in just now',
      says: [
        'The sign-in service cannot be reached. Try again in a few minutes.',
        'If this continues, tell the people who run the service.',
      ],
    },
  },
};
