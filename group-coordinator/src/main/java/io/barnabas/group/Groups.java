package io.barnabas.group;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The groups of one shard. A group is kept from the moment there is something to know about it. */
final class Groups {
    private final Map<String, Group> groups = new HashMap<>();

    /** Null when there is none. */
    Group find(String id) {
        return groups.get(id);
    }

    /** A new one is not kept until {@link #keep}. */
    Group findOrNew(String id, long nowMs) {
        Group group = groups.get(id);
        return group == null ? new Group(id, nowMs) : group;
    }

    void keep(Group group) {
        groups.put(group.id, group);
    }

    void forget(Group group) {
        groups.remove(group.id, group);
    }

    void forgetIfVanished(Group group) {
        if (group.hasVanished()) {
            forget(group);
        }
    }

    Collection<Group> all() {
        return List.copyOf(groups.values());
    }
}
