package io.barnabas.group;

import io.barnabas.wire.TopicPartition;
import java.util.List;

/** What is kept in {@code __consumer_offsets}. */
public sealed interface GroupRecord {

    String groupId();

    void accept(Visitor visitor);

    /** A group got as far as this in a partition. */
    record OffsetCommitted(String groupId, TopicPartition partition, CommittedOffset offset) implements GroupRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.offsetCommitted(this);
        }
    }

    /** A group's offset in a partition is forgotten. */
    record OffsetRemoved(String groupId, TopicPartition partition) implements GroupRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.offsetRemoved(this);
        }
    }

    /**
     * A generation of a group with everybody's assignment; without members when the last one has gone.
     *
     * @param protocolType null for none
     * @param protocolName null for none
     * @param leaderId null for none
     * @param stateSinceMs {@link CommittedOffset#NO_TIMESTAMP} in records of old brokers
     */
    record GroupStored(
            String groupId,
            String protocolType,
            int generation,
            String protocolName,
            String leaderId,
            long stateSinceMs,
            List<StoredMember> members)
            implements GroupRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.groupStored(this);
        }
    }

    /** A group is forgotten; its offsets have records of their own. */
    record GroupRemoved(String groupId) implements GroupRecord {
        @Override
        public void accept(Visitor visitor) {
            visitor.groupRemoved(this);
        }
    }

    /** Who tells the kinds apart. */
    interface Visitor {
        void offsetCommitted(OffsetCommitted record);

        void offsetRemoved(OffsetRemoved record);

        void groupStored(GroupStored record);

        void groupRemoved(GroupRemoved record);
    }
}
