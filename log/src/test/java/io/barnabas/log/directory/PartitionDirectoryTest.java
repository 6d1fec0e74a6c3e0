package io.barnabas.log.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.log.directory.PartitionDirectory.Kind;
import io.barnabas.wire.TopicPartition;
import io.barnabas.wire.Uuid;
import org.junit.jupiter.api.Test;

class PartitionDirectoryTest {
    private static final String HEX = "0123456789abcdef0123456789abcdef";

    @Test
    void findsThePartitionAfterTheLastDash() {
        assertThat(PartitionDirectory.parse("a-b-12"))
                .isEqualTo(new PartitionDirectory(new TopicPartition("a-b", 12), Kind.LIVE));
    }

    @Test
    void knowsTheKindsOfReplicasThatAreNotLive() {
        TopicPartition partition = new TopicPartition("a.b", 0);
        assertThat(PartitionDirectory.parse("a.b-0." + HEX + "-delete").kind()).isEqualTo(Kind.DELETED);
        assertThat(PartitionDirectory.parse("a.b-0." + HEX + "-future"))
                .isEqualTo(new PartitionDirectory(partition, Kind.FUTURE));
        assertThat(PartitionDirectory.parse("a.b-0." + HEX + "-stray").kind()).isEqualTo(Kind.STRAY);
    }

    @Test
    void knowsWhatIsNoPartition() {
        for (String name :
                new String[] {"lost+found", "-1", "a-", "a-b", "a-1x", "a-0.123-delete", "a-0-delete", "a-99999999999"
                }) {
            assertThat(PartitionDirectory.parse(name)).as(name).isNull();
        }
    }

    @Test
    void keepsTheNameOfADeletedPartitionShortEnough() {
        String name = PartitionDirectory.deletedName(new TopicPartition("t".repeat(249), 12), new Uuid(1, 2));
        assertThat(name).hasSize(255).endsWith("t-12.00000000000000010000000000000002-delete");
        assertThat(PartitionDirectory.parse(name).kind()).isEqualTo(Kind.DELETED);
    }
}
