declare module 'seedrandom/lib/alea.js' {
  interface Alea {
    /** A signed 32-bit integer. */
    int32(): number
  }
  /** Alea by Johannes Baagøe, seeded by a text. */
  export default function alea(seed: string): Alea
}
