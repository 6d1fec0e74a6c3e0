package io.barnabas.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.barnabas.testkit.Seeds;
import io.barnabas.wire.TopicPartition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The byte vectors were taken from the log of an Apache Kafka 3.9.2. */
class GroupRecordCodecTest {
    private static final String LEADER = "consumer-1-6e2c1f0a-0000-4000-8000-0000";
    private static final GroupRecord.OffsetCommitted OFFSET = new GroupRecord.OffsetCommitted(
            "gtx", new TopicPartition("t1", 0), new CommittedOffset(7, 0, "meta", 0x1a1f70d4aa7L, -1));
    private static final String OFFSET_KEY = "0001 0003" + hex("gtx") + "0002" + hex("t1") + "00000000";
    private static final GroupRecord.GroupStored GROUP = new GroupRecord.GroupStored(
            "rg4838",
            "consumer",
            1,
            "range",
            LEADER,
            0x1a1f70d4aa7L,
            List.of(new StoredMember(
                    LEADER, null, "gc", "/127.0.0.1", 8000, 6000, new byte[] {0x78}, new byte[] {0x41, 0x41, 0x41})));

    private final GroupRecordCodec codec = new GroupRecordCodec();

    @Test
    void writesOffsetsAsKafkaDoes() {
        assertThat(codec.key(OFFSET)).isEqualTo(parse(OFFSET_KEY));
        assertThat(codec.value(OFFSET))
                .isEqualTo(parse("0003 0000000000000007 00000000 0004" + hex("meta") + "000001a1f70d4aa7"));
    }

    @Test
    void writesAnOwnExpiryInTheVersionThatHasIt() {
        GroupRecord record = new GroupRecord.OffsetCommitted(
                "g", new TopicPartition("t", 2), new CommittedOffset(7, 3, "", 1000, 2000));
        assertThat(codec.value(record))
                .isEqualTo(parse("0001 0000000000000007 0000 00000000000003e8 00000000000007d0"));
    }

    @Test
    void writesGroupsAsKafkaDoes() {
        assertThat(codec.key(GROUP)).isEqualTo(parse("0002 0006" + hex("rg4838")));
        assertThat(codec.value(GROUP)).isEqualTo(groupBytes("ffff"));
    }

    @Test
    void writesStaticMembersAsKafkaDoes() {
        StoredMember member = GROUP.members().get(0);
        GroupRecord record = new GroupRecord.GroupStored(
                "rg4838",
                "consumer",
                1,
                "range",
                LEADER,
                0x1a1f70d4aa7L,
                List.of(new StoredMember(
                        LEADER, "i1", "gc", "/127.0.0.1", 8000, 6000, member.subscription(), member.assignment())));
        assertThat(codec.value(record)).isEqualTo(groupBytes("0002" + hex("i1")));
    }

    @Test
    void writesNothingForWhatIsGone() {
        assertThat(codec.value(new GroupRecord.GroupRemoved("rg4838"))).isNull();
        assertThat(codec.key(new GroupRecord.GroupRemoved("rg4838"))).isEqualTo(codec.key(GROUP));
        GroupRecord removed = new GroupRecord.OffsetRemoved("gtx", new TopicPartition("t1", 0));
        assertThat(codec.value(removed)).isNull();
        assertThat(codec.key(removed)).isEqualTo(codec.key(OFFSET));
    }

    @Test
    void readsWhatItWrites() {
        Seeds.forEach(200, random -> {
            GroupRecord record = randomRecord(random);
            byte[] value = codec.value(record);
            assertThat(codec.decode(ByteBuffer.wrap(codec.key(record)), value == null ? null : ByteBuffer.wrap(value)))
                    .isEqualTo(record);
        });
    }

    @Test
    void readsTheKeysOfVersion0() {
        ByteBuffer key = ByteBuffer.wrap(parse(OFFSET_KEY)).putShort(0, (short) 0);
        assertThat(codec.decode(key, null))
                .isEqualTo(new GroupRecord.OffsetRemoved("gtx", new TopicPartition("t1", 0)));
    }

    @Test
    void readsOffsetsOfEveryVersion() {
        assertThat(offset("0000 0000000000000007 0001" + hex("m") + "00000000000003e8"))
                .isEqualTo(new CommittedOffset(7, -1, "m", 1000, -1));
        assertThat(offset("0001 0000000000000007 0001" + hex("m") + "00000000000003e8 00000000000007d0"))
                .isEqualTo(new CommittedOffset(7, -1, "m", 1000, 2000));
        assertThat(offset("0002 0000000000000007 0001" + hex("m") + "00000000000003e8"))
                .isEqualTo(new CommittedOffset(7, -1, "m", 1000, -1));
        assertThat(offset("0003 0000000000000007 00000005 0001" + hex("m") + "00000000000003e8"))
                .isEqualTo(new CommittedOffset(7, 5, "m", 1000, -1));
        assertThat(offset("0004 0000000000000007 00000005 02" + hex("m") + "00000000000003e8 00"))
                .isEqualTo(new CommittedOffset(7, 5, "m", 1000, -1));
        String topicIdTag = "01 00 10 00112233445566778899aabbccddeeff";
        assertThat(offset("0004 0000000000000007 00000005 02" + hex("m") + "00000000000003e8" + topicIdTag))
                .isEqualTo(new CommittedOffset(7, 5, "m", 1000, -1));
    }

    @Test
    void readsGroupsOfEveryVersion() {
        String type = "0008" + hex("consumer");
        String head = type + "00000001 0005" + hex("range") + "0001" + hex("m");
        String timestamp = "00000000000003e8";
        String tail = "00000001 78 00000001 41";
        String names = "0001" + hex("m") + "0001" + hex("c") + "0002" + hex("/h");
        String namesWithInstance = "0001" + hex("m") + "0001" + hex("i") + "0001" + hex("c") + "0002" + hex("/h");
        assertThat(group("0000" + head + "00000001" + names + "00001770" + tail))
                .isEqualTo(stored(-1, null, 6000));
        assertThat(group("0001" + head + "00000001" + names + "00001f40 00001770" + tail))
                .isEqualTo(stored(-1, null, 8000));
        assertThat(group("0002" + head + timestamp + "00000001" + names + "00001f40 00001770" + tail))
                .isEqualTo(stored(1000, null, 8000));
        assertThat(group("0003" + head + timestamp + "00000001" + namesWithInstance + "00001f40 00001770" + tail))
                .isEqualTo(stored(1000, "i", 8000));
        String compactHead = "09" + hex("consumer") + "00000001 06" + hex("range") + "02" + hex("m") + timestamp;
        String compactNames = "02" + hex("m") + "02" + hex("i") + "02" + hex("c") + "03" + hex("/h");
        assertThat(group("0004" + compactHead + "02" + compactNames + "00001f40 00001770 0278 0241 00 00"))
                .isEqualTo(stored(1000, "i", 8000));
    }

    @Test
    void knowsNothingOfOtherGroupProtocols() {
        for (int kind = 3; kind < 24; kind++) {
            assertThat(codec.decode(ByteBuffer.wrap(new byte[] {0, (byte) kind, 0, 1, 'g'}), null))
                    .isNull();
        }
    }

    @Test
    void refusesDamagedBytes() {
        ByteBuffer key = ByteBuffer.wrap(codec.key(GROUP));
        byte[] value = codec.value(GROUP);
        for (int length = 0; length < value.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(value, 0, length).slice();
            assertThatThrownBy(() -> codec.decode(key.duplicate(), cut)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> codec.decode(key.duplicate(), ByteBuffer.wrap(new byte[] {0, 5})))
                .hasMessageContaining("version 5");
    }

    private CommittedOffset offset(String value) {
        GroupRecord record = codec.decode(ByteBuffer.wrap(parse(OFFSET_KEY)), ByteBuffer.wrap(parse(value)));
        return ((GroupRecord.OffsetCommitted) record).offset();
    }

    private GroupRecord group(String value) {
        return codec.decode(ByteBuffer.wrap(parse("0002 0001" + hex("g"))), ByteBuffer.wrap(parse(value)));
    }

    private static GroupRecord stored(long sinceMs, String instance, int rebalanceMs) {
        return new GroupRecord.GroupStored(
                "g",
                "consumer",
                1,
                "range",
                "m",
                sinceMs,
                List.of(new StoredMember(
                        "m", instance, "c", "/h", rebalanceMs, 6000, new byte[] {0x78}, new byte[] {0x41})));
    }

    private static byte[] groupBytes(String instance) {
        return parse("0003 0008" + hex("consumer") + "00000001 0005" + hex("range") + "0027" + hex(LEADER)
                + "000001a1f70d4aa7 00000001 0027" + hex(LEADER) + instance + "0002" + hex("gc") + "000a"
                + hex("/127.0.0.1") + "00001f40 00001770 00000001 78 00000003 414141");
    }

    private static GroupRecord randomRecord(RandomGenerator random) {
        String group = text(random);
        TopicPartition partition = new TopicPartition(text(random), random.nextInt(100));
        return switch (random.nextInt(4)) {
            case 0 ->
                new GroupRecord.OffsetCommitted(
                        group,
                        partition,
                        new CommittedOffset(random.nextLong(), random.nextInt(), text(random), random.nextLong(), -1));
            case 1 -> new GroupRecord.OffsetRemoved(group, partition);
            case 2 -> new GroupRecord.GroupRemoved(group);
            default -> randomGroup(random, group);
        };
    }

    private static GroupRecord randomGroup(RandomGenerator random, String group) {
        List<StoredMember> members = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            byte[] subscription = new byte[random.nextInt(50)];
            random.nextBytes(subscription);
            members.add(new StoredMember(
                    text(random),
                    random.nextBoolean() ? text(random) : null,
                    text(random),
                    text(random),
                    random.nextInt(),
                    random.nextInt(),
                    subscription,
                    new byte[random.nextInt(50)]));
        }
        boolean empty = members.isEmpty();
        return new GroupRecord.GroupStored(
                group,
                random.nextBoolean() ? text(random) + "x" : null,
                random.nextInt(),
                empty ? null : text(random),
                empty ? null : members.get(0).memberId(),
                random.nextLong(),
                members);
    }

    private static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append("abz-é€".charAt(random.nextInt(6)));
        }
        return text.toString();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] parse(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
