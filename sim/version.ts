/** Version of the equations, after the model document. */
export const modelVersion = '1.0'
/** Version of the package; a changed digest for the same batch raises it. */
export const engineVersion = '0.1.0'
