import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import prettier from 'eslint-config-prettier';

const noClock = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Take `now` as an argument; only Clock reads the time.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Take `now` as an argument; only Clock reads the time.',
  },
  {
    selector: 'CallExpression[callee.name=/^(setTimeout|setInterval)$/]',
    message: 'No timers: one tick, one deadline index (decision 0011).',
  },
  {
    selector:
      "ImportDeclaration[source.value='rxjs'] ImportSpecifier[imported.name=/^(timer|interval|delay|debounceTime|timeout)$/]",
    message: 'No rxjs timers: one tick, one deadline index (decision 0011).',
  },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?timers/]',
    message: 'No timers: one tick, one deadline index (decision 0011).',
  },
];

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', 'data/**'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  prettier,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', ...noClock],
      // Marked so that it stands out. The settings let in an issuer without https on this machine only.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: 'openid-client', name: 'allowInsecureRequests' }] },
      ],
      // Nest declares the types of its option objects as classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  { files: ['src/store/clock.ts', 'src/watch/tick.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // Bounds on waiting for the network. Nothing of it says what time it is, or when anything falls due.
  { files: ['src/store/eventstoredb/deadline.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['**/*.mjs', '**/*.js', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['.ci/**', 'bin/**', 'bench/**', 'docs/**', 'config/**', 'test/mutation/**', '*.js', '*.mjs', '*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
      },
    },
  },
  {
    files: ['src/web/assets/**/*.js'],
    languageOptions: {
      globals: { document: 'readonly', EventSource: 'readonly', matchMedia: 'readonly', window: 'readonly' },
    },
  },
  { files: ['*.cjs'], languageOptions: { sourceType: 'commonjs', globals: { module: 'writable' } } },
);
