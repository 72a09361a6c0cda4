/** What is loaded when the extension starts: the parts that find engines and follow them. Verbs load on first use. */
export { Engines } from './engines';
export { engineSources } from './engineSources';
export { watchContexts } from './endpoint/watchContexts';
export { Registries } from './registry/registries';
