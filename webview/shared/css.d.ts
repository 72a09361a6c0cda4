/** esbuild writes what is imported this way to the panel's own style sheet. */
declare module '*.css';
