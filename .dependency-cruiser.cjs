/** The rooms of the house, from the ground up: an arrow may only point down. */
const MAY_IMPORT = {
  prison: [],
  kernel: [],
  answers: [],
  store: [],
  access: ['store'],
  'access-records': ['answers', 'store', 'access'],
  'personal-data': ['store'],
  custody: ['answers', 'store', 'access', 'access-records', 'personal-data', 'kernel'],
  'safety-alerts': ['answers', 'store', 'access', 'access-records', 'personal-data'],
  roll: ['answers', 'store', 'access', 'access-records', 'custody'],
  handover: ['store', 'access', 'personal-data'],
  'subject-access': [
    'answers',
    'store',
    'access',
    'access-records',
    'personal-data',
    'custody',
    'safety-alerts',
    'handover',
  ],
  watch: ['store', 'kernel', 'custody', 'safety-alerts'],
  moving: ['store', 'personal-data', 'safety-alerts'],
  // The kernel's calendar, movements and limits: figures must count days and absences as the rules do.
  'key-work': ['answers', 'store', 'access', 'access-records', 'personal-data', 'kernel', 'custody', 'safety-alerts'],
  oversight: [
    'store',
    'access',
    'access-records',
    'kernel',
    'custody',
    'safety-alerts',
    'handover',
    'watch',
    'key-work',
    'roll',
  ],
  generate: ['store', 'custody'],
  demo: ['store', 'kernel', 'custody', 'generate'],
};

/** What puts the house together may import all rooms but these, and those above it. */
const everyRoomBut = (...rooms) => Object.keys(MAY_IMPORT).filter((room) => !rooms.includes(room));

MAY_IMPORT.web = everyRoomBut('subject-access', 'moving');
MAY_IMPORT.app = everyRoomBut('moving');
MAY_IMPORT.cli = everyRoomBut('answers');

const directions = Object.entries(MAY_IMPORT).map(([room, below]) => ({
  name: `${room}-imports-only-what-lies-below`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [room, 'prison', ...below].map((name) => `^src/${name}/`) },
}));

/** The rooms of a room, likewise. */
const ROOMS_OF_SAFETY_ALERTS = {
  alert: [],
  list: ['alert', 'figures'],
  figures: ['alert', 'list'],
  http: ['alert', 'list', 'figures'],
};

const directionsInSafetyAlerts = Object.entries(ROOMS_OF_SAFETY_ALERTS).map(([room, below]) => ({
  name: `safety-alerts-${room}-imports-only-what-lies-below`,
  severity: 'error',
  from: { path: `^src/safety-alerts/${room}/`, pathNot: '\\.spec\\.ts$' },
  to: {
    path: '^src/safety-alerts/',
    pathNot: ['ports\\.ts$', ...[room, ...below].map((name) => `^src/safety-alerts/${name}/`)],
  },
}));

module.exports = {
  forbidden: [
    ...directions,
    ...directionsInSafetyAlerts,
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-is-pure',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { path: '@nestjs|rxjs|^node:|^fs$' },
    },
    {
      name: 'production-does-not-import-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/|\\.spec\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
