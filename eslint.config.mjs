// Typed linting for everything that TypeScript compiles; the plain rules for scripts and pages.
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'web/dist/',
      'packages/client/dist/',
      'test/fixtures/sites/dist/',
      '**/node_modules/',
      '.outreach/',
      'coverage/',
      'src/client/rest/rest-api.ts',
      'bench/peers/*/dist/',
      'bench/peers/*/src/', // each peer has its own compiler and packages
    ],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Numbers in messages are plain; LoopBack's components and controllers are classes without methods or state.
      '@typescript-eslint/restrict-template-expressions': ['error', {allowNumber: true}],
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', {ignoreArrowShorthand: true}],
      // A method may be async to satisfy an interface; a rejected promise is still a rejected promise.
      '@typescript-eslint/require-await': 'off',
      'no-control-regex': 'off',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        {object: 'process', property: 'env', message: 'src/config/env.ts is the only reader of the environment.'},
      ],
    },
  },
  {files: ['src/config/env.ts', 'test/**/*.ts'], rules: {'no-restricted-properties': 'off'}},
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'Buffer',
          'fetch',
          'module',
          'require',
          'performance',
          'setTimeout',
          'clearTimeout',
          'AbortController',
        ].map(name => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['bench/**/*.mjs', 'bench/**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['global', 'setInterval', 'clearInterval', 'URLSearchParams'].map(name => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['web/**/*.js', 'test/helpers/watch-page.js'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'document',
          'window',
          'fetch',
          'crypto',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'navigator',
          'localStorage',
          'location',
          'FormData',
          'TextEncoder',
          'Intl',
          'URL',
          'URLSearchParams',
          'AbortSignal',
          'AbortController',
          'performance',
          'MutationObserver',
          'console',
          'addEventListener',
          'requestAnimationFrame',
          'Event',
          'HTMLElement',
          'clearInterval',
          'queueMicrotask',
          'Option',
        ].map(name => [name, 'readonly']),
      ),
    },
  },
);
