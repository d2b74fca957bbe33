import js from "@eslint/js";

export default [
    js.configs.recommended,
    {
        files: ["rag/ui/static/js/*.js"],
        rules: {
            eqeqeq: "error",
            "no-shadow": "error",
            "no-undef": "off", // tsc knows the browser's names
            "no-unused-expressions": "error",
            "no-var": "error",
            "prefer-const": "error",
        },
    },
];
