/** The anchor of the decision that an entry led to. */
export const decisionAnchor = (entry: string): string => `decision-${encodeURIComponent(entry)}`;

/** The anchor of the record that an entry belongs to, by the id of its original. */
export const entryAnchor = (id: string): string => `entry-${encodeURIComponent(id)}`;
