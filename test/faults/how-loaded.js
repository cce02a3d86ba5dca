/** A module of threads that says who loaded it. */
const { stack } = new Error('loaded')

export default () => stack
