package io.barnabas.group;

import io.barnabas.wire.TopicPartition;
import java.util.List;

/** The records that make a log forget. */
final class Tombstones {
    private Tombstones() {}

    /** Forgets these offsets, and the group itself when it is unused and none of its offsets is left. */
    static int of(Group group, List<TopicPartition> partitions, boolean unused, Outcome outcome) {
        ofOffsets(group, partitions, outcome);
        boolean bare = partitions.size() == group.offsets.size() && !group.offsets.hasUndecided();
        return partitions.size() + (unused && bare ? ofGroup(group, outcome) : 0);
    }

    /** Forgets all there is. */
    static void ofEverything(Group group, Outcome outcome) {
        ofOffsets(group, List.copyOf(group.offsets.partitions()), outcome);
        ofGroup(group, outcome);
    }

    private static void ofOffsets(Group group, List<TopicPartition> partitions, Outcome outcome) {
        partitions.forEach(partition -> outcome.write(new GroupRecord.OffsetRemoved(group.id, partition)));
    }

    /** A group of generation 0 was never stored. */
    private static int ofGroup(Group group, Outcome outcome) {
        if (group.generation() == 0) {
            return 0;
        }
        outcome.write(new GroupRecord.GroupRemoved(group.id));
        return 1;
    }

    /** How much may be forgotten in one batch. */
    static final class Budget {
        private static final int RECORDS = 2000;

        private int left = RECORDS;
        private boolean shortened;

        /** As many as still fit. */
        List<TopicPartition> fitting(List<TopicPartition> wanted) {
            if (wanted.size() <= left) {
                return wanted;
            }
            shortened = true;
            return wanted.subList(0, Math.max(0, left));
        }

        void spend(int records) {
            left -= records;
        }

        boolean isSpent() {
            return shortened || left <= 0;
        }
    }
}
