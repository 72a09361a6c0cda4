/**
 * On containers that were made to look into an image or a volume, with what they are for. They are never started, and
 * soon removed: nothing to show to anybody.
 */
export const HELPER_LABEL = 'dev.quayside.helper';
