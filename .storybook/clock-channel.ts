/** Asks the story on screen to move its clock by so many milliseconds. */
export const advanceClock = 'tenantry/clock/advance'
