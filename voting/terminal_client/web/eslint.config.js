import js from "@eslint/js";
import pluginVue from "eslint-plugin-vue";
import tseslint from "typescript-eslint";
import vueParser from "vue-eslint-parser";

export default tseslint.config(
  { ignores: ["node_modules/", "live/wire.gen.ts"] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  ...pluginVue.configs["flat/recommended"],
  {
    files: ["**/*.vue"],
    languageOptions: {
      parser: vueParser,
      parserOptions: { parser: tseslint.parser, extraFileExtensions: [".vue"] },
    },
  },
  {
    rules: {
      "no-undef": "off",
      "no-console": "error",
      eqeqeq: "error",
      "max-lines": ["error", { max: 400 }],
      "max-lines-per-function": ["error", { max: 60, skipComments: true, skipBlankLines: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "vue/multi-word-component-names": "off",
      "vue/block-lang": ["error", { script: { lang: "ts" } }],
      "vue/component-api-style": ["error", ["script-setup"]],
      "vue/max-attributes-per-line": "off",
      "vue/singleline-html-element-content-newline": "off",
      "vue/html-self-closing": ["error", { html: { void: "always" } }],
      "vue/first-attribute-linebreak": "off",
      "vue/html-closing-bracket-newline": "off",
      "vue/html-indent": "off",
      "vue/require-default-prop": "off",
      "vue/no-v-html": "error",
    },
  },
  { files: ["**/*.{ts,mjs}"], rules: { "max-len": ["error", { code: 140 }] } },
  { files: ["**/*.vue"], rules: { "vue/max-len": ["error", { code: 140, template: 140 }] } },
  // Catalogues: a sentence stands on one line.
  { files: ["kit/words/{zh,en}/**/*.ts"], rules: { "max-len": "off" } },
  { files: ["tests/**/*.ts"], rules: { "max-lines-per-function": "off" } },
  { files: ["tools/**/*.mjs"], rules: { "no-console": "off" } },
);
