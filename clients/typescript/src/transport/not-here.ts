/** The transport is of no use at this place, for example since something on the way does not let it through. */
export class NotHere extends Error {}
