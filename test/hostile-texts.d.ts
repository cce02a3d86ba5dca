/** All of them; each at most 500 characters. */
export const hostileTexts: readonly string[]
