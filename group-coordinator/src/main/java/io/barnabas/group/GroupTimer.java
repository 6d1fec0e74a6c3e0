package io.barnabas.group;

/**
 * Names a timer.
 *
 * @param memberId null for a timer of the whole group
 */
record GroupTimer(Kind kind, String groupId, String memberId) {
    enum Kind {
        /** A member, pending or not, shows no life. */
        SESSION,
        /** The join phase ends. */
        JOIN,
        /** Members that did not ask for their assignment are given up. */
        SYNC,
        /** Offsets are looked through for those to be forgotten; one for the whole shard. */
        EXPIRY
    }

    static GroupTimer session(Group group, String memberId) {
        return new GroupTimer(Kind.SESSION, group.id, memberId);
    }

    static GroupTimer join(Group group) {
        return new GroupTimer(Kind.JOIN, group.id, null);
    }

    static GroupTimer sync(Group group) {
        return new GroupTimer(Kind.SYNC, group.id, null);
    }

    static GroupTimer expiry() {
        return new GroupTimer(Kind.EXPIRY, null, null);
    }
}
