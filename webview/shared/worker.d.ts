/** esbuild hands over the whole script of what is imported this way, to start a worker with. */
declare module '*?worker' {
  export const source: string;
}
