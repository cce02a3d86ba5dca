/**
 * Flags of every thread. Piscina would `require` the module of a thread, and Node aborts the whole process when a thread
 * is ended in the middle of that; an import is ended with the thread.
 */
export const threadFlags: string[] = ['--no-experimental-require-module']
