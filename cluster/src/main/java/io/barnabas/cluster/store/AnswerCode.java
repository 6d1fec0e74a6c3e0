package io.barnabas.cluster.store;

/** How an operation on the store ended. */
public enum AnswerCode {
    OK,
    /** The node, or the parent of a node to create, is missing. */
    NO_NODE,
    NODE_EXISTS,
    BAD_VERSION,
    /** A node with children is not deleted. */
    NOT_EMPTY,
    /** The connection broke under way: the write may have happened or not. Read again to find out. */
    UNKNOWN,
    /** The session is over; nothing will be done in its name any more. */
    SESSION_LOST,
    /** Access denied, quota exceeded, data too large and the like: repeating it will not help. */
    REFUSED
}
