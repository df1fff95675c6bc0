/** Where react-admin's store keeps a list's filters, order and page; its selection is under `.selectedIds` of it. */
export const listKeyOf = (resource: 'inquiries' | 'subscriptions') => `${resource}.list`;
