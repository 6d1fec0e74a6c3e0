package io.barnabas.broker;

import io.barnabas.group.GroupCoordinator;
import io.barnabas.replication.LeadershipListener;
import io.barnabas.txn.TransactionCoordinator;
import io.barnabas.wire.TopicPartition;
import java.util.OptionalInt;

/** Tells coordinators which partitions of their topics this broker leads. Called on the role mailbox. */
final class Leaderships implements LeadershipListener {
    private GroupCoordinator groups;
    private TransactionCoordinator transactions;

    /** Before the first role comes. */
    void tell(GroupCoordinator groupCoordinator, TransactionCoordinator transactionCoordinator) {
        groups = groupCoordinator;
        transactions = transactionCoordinator;
    }

    @Override
    public void elected(TopicPartition partition, int leaderEpoch) {
        if (partition.topic().equals(GroupCoordinator.TOPIC)) {
            groups.elected(partition.partition(), leaderEpoch);
        } else if (partition.topic().equals(TransactionCoordinator.TOPIC)) {
            transactions.elected(partition.partition(), leaderEpoch);
        }
    }

    @Override
    public void resigned(TopicPartition partition, int leaderEpoch) {
        if (partition.topic().equals(GroupCoordinator.TOPIC)) {
            groups.resigned(partition.partition(), OptionalInt.of(leaderEpoch));
        } else if (partition.topic().equals(TransactionCoordinator.TOPIC)) {
            transactions.resigned(partition.partition(), OptionalInt.of(leaderEpoch));
        }
    }
}
