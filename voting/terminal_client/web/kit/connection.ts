/** Whether this page hears the server. */
export type Connection = "connecting" | "online" | "offline";
