/** The rooms of the house, from the ground up: an arrow may only point down. */
const MAY_IMPORT = {
  prison: [],
  kernel: [],
  answers: [],
  store: [],
  access: ['store'],
  'access-records': ['answers', 'store', 'access'],
  'personal-data': ['store'],
  custody: ['store', 'access', 'access-records', 'personal-data', 'kernel'],
  'safety-alerts': ['answers', 'store', 'access', 'access-records', 'personal-data'],
  handover: ['store', 'access', 'personal-data'],
  'subject-access': ['store', 'access', 'access-records', 'personal-data', 'custody', 'safety-alerts', 'handover'],
  watch: ['store', 'kernel', 'custody', 'safety-alerts'],
  moving: ['store', 'personal-data', 'safety-alerts'],
  // The kernel's calendar, movements and limits: figures must count days and absences as the rules do.
  'key-work': ['answers', 'store', 'access', 'access-records', 'personal-data', 'kernel', 'custody', 'safety-alerts'],
  oversight: ['store', 'access', 'kernel', 'custody', 'safety-alerts', 'watch', 'key-work'],
  demo: ['store', 'kernel', 'custody'],
};

/** What puts the house together may import all rooms but these, and those above it. */
const everyRoomBut = (...rooms) => Object.keys(MAY_IMPORT).filter((room) => !rooms.includes(room));

MAY_IMPORT.web = everyRoomBut('subject-access', 'moving');
MAY_IMPORT.app = everyRoomBut('answers', 'moving');
MAY_IMPORT.cli = everyRoomBut('answers');

const directions = Object.entries(MAY_IMPORT).map(([room, below]) => ({
  name: `${room}-imports-only-what-lies-below`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [room, 'prison', ...below].map((name) => `^src/${name}/`) },
}));

module.exports = {
  forbidden: [
    ...directions,
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
