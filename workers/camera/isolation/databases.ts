/** Opens a database: the browser's own factory, or a stand-in of the same shape. The lockdown leaves one reference. */
export type Databases = IDBFactory;
