package io.barnabas.compat.differential;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.message.ApiVersionsRequest;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a connection begins: ApiVersions, and what is no request at all. */
@ExtendWith(BothBrokers.class)
class ApiVersionsDifferenceTest {
    /** What clients without security and quotas use. */
    private static final Set<ApiKey> SERVED = EnumSet.of(
            ApiKey.PRODUCE,
            ApiKey.FETCH,
            ApiKey.LIST_OFFSETS,
            ApiKey.METADATA,
            ApiKey.OFFSET_COMMIT,
            ApiKey.OFFSET_FETCH,
            ApiKey.FIND_COORDINATOR,
            ApiKey.JOIN_GROUP,
            ApiKey.HEARTBEAT,
            ApiKey.LEAVE_GROUP,
            ApiKey.SYNC_GROUP,
            ApiKey.DESCRIBE_GROUPS,
            ApiKey.LIST_GROUPS,
            ApiKey.API_VERSIONS,
            ApiKey.CREATE_TOPICS,
            ApiKey.DELETE_TOPICS,
            ApiKey.DELETE_RECORDS,
            ApiKey.INIT_PRODUCER_ID,
            ApiKey.OFFSET_FOR_LEADER_EPOCH,
            ApiKey.DESCRIBE_CONFIGS,
            ApiKey.ALTER_CONFIGS,
            ApiKey.CREATE_PARTITIONS,
            ApiKey.DELETE_GROUPS,
            ApiKey.INCREMENTAL_ALTER_CONFIGS,
            ApiKey.LIST_PARTITION_REASSIGNMENTS,
            ApiKey.OFFSET_DELETE,
            ApiKey.DESCRIBE_CLUSTER,
            ApiKey.ADD_PARTITIONS_TO_TXN,
            ApiKey.ADD_OFFSETS_TO_TXN,
            ApiKey.END_TXN,
            ApiKey.WRITE_TXN_MARKERS,
            ApiKey.TXN_OFFSET_COMMIT,
            ApiKey.DESCRIBE_PRODUCERS,
            ApiKey.DESCRIBE_TRANSACTIONS,
            ApiKey.LIST_TRANSACTIONS);

    @Test
    void everyVersionThatApacheListsIsListed(SideBySide brokers) {
        for (ApiKey key : SERVED) {
            VersionRange theirs = brokers.apacheVersions(key);
            assertThat(brokers.ourVersions(key).covers(theirs))
                    .as("%s: Apache %s, ours %s", key, theirs, brokers.ourVersions(key))
                    .isTrue();
        }
    }

    @Test
    void namesOfSoftwareAreCheckedAlike(SideBySide brokers) {
        brokers.everyVersion("names of software", ApiKey.API_VERSIONS, (play, version) -> {
            for (String name : new String[] {"", "-", "a-", "a b", "a", "a-b.c", "kafka\u00e9"}) {
                play.ask("name '" + name + "'", version, software(name, "1"));
                play.ask("version '" + name + "'", version, software("name", name));
            }
        });
    }

    @Test
    void aVersionOfTheFutureIsAnsweredWithVersionZero(SideBySide brokers) {
        brokers.same("version of the future", play -> play.ask("version 99", 99, software("name", "1"), 0));
    }

    @Test
    void whatIsNoRequestEndsTheConnection(SideBySide brokers) {
        brokers.same("no request", play -> {
            play.raw("negative length", Bytes.of().int32(-1));
            play.raw("more than socket.request.max.bytes", Bytes.of().int32(104_857_601));
            play.raw("length zero", Bytes.of().int32(0));
            play.raw("half a header", Bytes.of().int32(3).int16(18).int8(0));
            play.raw("unknown key", Bytes.request(500, 0).int16(-1));
            play.raw("negative key", Bytes.request(-1, 0).int16(-1));
            play.raw("negative version", Bytes.request(3, -1).int16(-1));
            play.raw("body missing", Bytes.request(3, 1).int16(-1));
            play.raw("bytes left over", Bytes.request(3, 1).int16(-1).int32(0).int32(77));
            play.raw("client id longer than the frame", Bytes.request(3, 1).int16(100));
            play.raw(
                    "array longer than the frame", Bytes.request(3, 1).int16(-1).int32(Integer.MAX_VALUE));
            play.raw("array of length -2", Bytes.request(3, 1).int16(-1).int32(-2));
            play.raw("text of web browsers", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            play.raw(
                    "TLS where none is",
                    Bytes.of().int8(0x16).int16(0x0301).int16(0x0100).int32(0x010000FC));
        });
    }

    @Test
    void versionsThatNobodyHasEndTheConnection(SideBySide brokers) {
        brokers.same("unknown versions", play -> {
            for (ApiKey key : SERVED) {
                if (key != ApiKey.API_VERSIONS) {
                    play.raw(
                            key + " in version 99",
                            Bytes.request(key.id(), 99).int16(-1).int32(0));
                }
            }
        });
    }

    private static ApiVersionsRequest software(String name, String version) {
        return new ApiVersionsRequest().clientSoftwareName(name).clientSoftwareVersion(version);
    }
}
