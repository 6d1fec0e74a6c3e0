package io.barnabas.compat.differential;

import static io.barnabas.compat.differential.TopicRequests.create;
import static io.barnabas.compat.differential.TopicRequests.topic;
import static io.barnabas.compat.differential.TopicRequests.with;

import io.barnabas.wire.ApiKey;
import io.barnabas.wire.message.AlterConfigsRequest;
import io.barnabas.wire.message.DescribeConfigsRequest;
import io.barnabas.wire.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.barnabas.wire.message.DescribeConfigsResponse;
import io.barnabas.wire.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.barnabas.wire.message.IncrementalAlterConfigsRequest;
import io.barnabas.wire.message.ListConfigResourcesRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Settings of topics and brokers: every key as Apache describes it, and what may be changed to what. */
@ExtendWith(BothBrokers.class)
class ConfigDifferenceTest {
    private static final int TOPIC = 2;
    private static final int BROKER = 4;
    private static final int SET = 0;
    private static final int DELETE = 1;
    private static final int APPEND = 2;
    private static final int SUBTRACT = 3;

    @Test
    void aTopicsSettingsAreDescribedAlike(SideBySide brokers) {
        brokers.everyVersion("describe topic", ApiKey.DESCRIBE_CONFIGS, (play, version) -> {
            String name = "described-" + version;
            play.topic(name, 1, "retention.ms", "1000", "cleanup.policy", "compact");
            play.ask("all", version, describe(resource(TOPIC, name)));
            play.ask("with synonyms", version, describe(resource(TOPIC, name)).includeSynonyms(true));
            play.ask("some", version, describe(resource(TOPIC, name, "retention.ms", "segment.bytes", "no.such.key")));
            play.ask("none", version, describe(resource(TOPIC, name).configurationKeys(List.of())));
            play.ask("unknown topic", version, describe(resource(TOPIC, "none-" + name)));
            play.ask("bad name", version, describe(resource(TOPIC, "a/b")));
            play.ask("no name", version, describe(resource(TOPIC, "")));
            play.ask(
                    "twice",
                    version,
                    describe(resource(TOPIC, name, "retention.ms"), resource(TOPIC, name, "retention.ms")));
            play.ask("nothing", version, describe());
            for (int type : new int[] {-1, 0, 1, 3, 5, 16, 32, 64}) {
                play.ask("resource type " + type, version, describe(resource(type, name)));
            }
        });
    }

    @Test
    void theBrokersSettingsAreDescribedAlike(SideBySide brokers) {
        brokers.everyVersion("describe broker", ApiKey.DESCRIBE_CONFIGS, (play, version) -> {
            play.ask("all", version, describe(resource(BROKER, "0")));
            play.ask("with synonyms", version, describe(resource(BROKER, "0")).includeSynonyms(true));
            play.ask("some", version, describe(resource(BROKER, "0", "log.retention.hours", "no.such.key")));
            play.ask("the default", version, describe(resource(BROKER, "")).includeSynonyms(true));
            play.ask("another broker", version, describe(resource(BROKER, "1")));
            play.ask("negative", version, describe(resource(BROKER, "-1")));
            play.ask("no number", version, describe(resource(BROKER, "here")));
        });
    }

    @Test
    void replacedSettingsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("alter configs", ApiKey.ALTER_CONFIGS, (play, version) -> {
            String name = "altered-" + version;
            play.topic(name, 1, "retention.ms", "1000", "segment.ms", "5000");
            play.ask("nothing", version, new AlterConfigsRequest());
            play.ask("none", version, alter(TOPIC, name));
            play.ask("set", version, alter(TOPIC, name, "retention.ms", "2000", "flush.ms", "7"));
            play.ask("described", 4, describe(resource(TOPIC, name, "retention.ms", "segment.ms", "flush.ms")));
            play.ask(
                    "validated only",
                    version,
                    alter(TOPIC, name, "flush.ms", "8").validateOnly(true));
            play.ask(
                    "validated only, bad",
                    version,
                    alter(TOPIC, name, "flush.ms", "x").validateOnly(true));
            play.ask("bad value", version, alter(TOPIC, name, "retention.ms", "soon"));
            play.ask("null", version, alter(TOPIC, name, "retention.ms", null));
            play.ask("unknown key", version, alter(TOPIC, name, "no.such.key", "1"));
            play.ask("unknown topic", version, alter(TOPIC, "none-" + name, "flush.ms", "8"));
            play.ask("bad name", version, alter(TOPIC, "a/b", "flush.ms", "8"));
            play.ask("no name", version, alter(TOPIC, "", "flush.ms", "8"));
            play.ask("key twice", version, alter(TOPIC, name, "flush.ms", "8", "flush.ms", "9"));
            AlterConfigsRequest several = alter(TOPIC, name, "flush.ms", "10");
            several.resources()
                    .addAll(alter(TOPIC, "none-" + name, "flush.ms", "11").resources());
            several.resources().addAll(alter(77, name, "flush.ms", "11").resources());
            play.ask("good and bad", version, several);
            for (int type : new int[] {-1, 0, 1, 3, 16}) {
                play.ask("resource type " + type, version, alter(type, name, "flush.ms", "8"));
            }
            play.ask("described at last", 4, describe(resource(TOPIC, name, "retention.ms", "segment.ms", "flush.ms")));

            play.ask("broker", version, alter(BROKER, "0", "log.cleaner.backoff.ms", "15001"));
            backoff(play, "broker's described", "15001", "15000");
            play.ask("broker's default", version, alter(BROKER, "", "log.cleaner.backoff.ms", "15002"));
            backoff(play, "both described", "15001", "15002");
            play.ask("read-only", version, alter(BROKER, "0", "num.partitions", "3"));
            play.ask("broker's bad value", version, alter(BROKER, "0", "log.cleaner.backoff.ms", "-1"));
            play.ask("broker's unknown key", version, alter(BROKER, "0", "no.such.key", "1"));
            play.ask("another broker", version, alter(BROKER, "1", "log.cleaner.backoff.ms", "1"));
            play.ask("no number", version, alter(BROKER, "here", "log.cleaner.backoff.ms", "1"));
            play.ask("broker cleared", version, alter(BROKER, "0"));
            play.ask("default cleared", version, alter(BROKER, ""));
            backoff(play, "cleared", "15000", "15000");
        });
    }

    @Test
    void changedSettingsAreAnsweredAlike(SideBySide brokers) {
        brokers.everyVersion("change configs", ApiKey.INCREMENTAL_ALTER_CONFIGS, (play, version) -> {
            String name = "changed-" + version;
            play.topic(name, 1, "retention.ms", "1000", "cleanup.policy", "compact");
            play.ask("nothing", version, new IncrementalAlterConfigsRequest());
            play.ask("no changes", version, change(TOPIC, name));
            play.ask("set", version, change(TOPIC, name, one(SET, "flush.ms", "7")));
            play.ask("delete", version, change(TOPIC, name, one(DELETE, "retention.ms", null)));
            play.ask("delete what is not set", version, change(TOPIC, name, one(DELETE, "segment.ms", null)));
            play.ask("append", version, change(TOPIC, name, one(APPEND, "cleanup.policy", "delete")));
            play.ask("append again", version, change(TOPIC, name, one(APPEND, "cleanup.policy", "delete")));
            play.ask("described", 4, describe(resource(TOPIC, name, "retention.ms", "flush.ms", "cleanup.policy")));
            play.ask("subtract", version, change(TOPIC, name, one(SUBTRACT, "cleanup.policy", "compact")));
            play.ask(
                    "subtract what is not in it",
                    version,
                    change(TOPIC, name, one(SUBTRACT, "cleanup.policy", "compact")));
            play.ask("append to what is no list", version, change(TOPIC, name, one(APPEND, "flush.ms", "8")));
            play.ask("subtract from what is no list", version, change(TOPIC, name, one(SUBTRACT, "flush.ms", "7")));
            play.ask("append what is not allowed", version, change(TOPIC, name, one(APPEND, "cleanup.policy", "burn")));
            play.ask("unknown operation", version, change(TOPIC, name, one(4, "flush.ms", "9")));
            play.ask("negative operation", version, change(TOPIC, name, one(-1, "flush.ms", "9")));
            play.ask("set to null", version, change(TOPIC, name, one(SET, "flush.ms", null)));
            play.ask("set to nothing", version, change(TOPIC, name, one(SET, "flush.ms", "")));
            play.ask("bad value", version, change(TOPIC, name, one(SET, "flush.ms", "soon")));
            play.ask("out of range", version, change(TOPIC, name, one(SET, "min.insync.replicas", "0")));
            play.ask("unknown key", version, change(TOPIC, name, one(SET, "no.such.key", "1")));
            play.ask("delete an unknown key", version, change(TOPIC, name, one(DELETE, "no.such.key", null)));
            play.ask("key twice", version, change(TOPIC, name, one(SET, "flush.ms", "10"), one(SET, "flush.ms", "11")));
            play.ask(
                    "good and bad",
                    version,
                    change(TOPIC, name, one(SET, "flush.ms", "12"), one(SET, "segment.ms", "-1")));
            play.ask(
                    "validated only",
                    version,
                    change(TOPIC, name, one(SET, "flush.ms", "13")).validateOnly(true));
            play.ask("unknown topic", version, change(TOPIC, "none-" + name, one(SET, "flush.ms", "8")));
            play.ask("bad name", version, change(TOPIC, "a/b", one(SET, "flush.ms", "8")));
            for (int type : new int[] {-1, 0, 1, 3, 16, 32}) {
                play.ask("resource type " + type, version, change(type, name, one(SET, "flush.ms", "8")));
            }
            play.ask(
                    "described at last",
                    4,
                    describe(resource(TOPIC, name, "retention.ms", "flush.ms", "cleanup.policy")));

            play.ask("broker", version, change(BROKER, "0", one(SET, "log.cleaner.backoff.ms", "15001")));
            play.ask("default", version, change(BROKER, "", one(SET, "log.cleaner.backoff.ms", "15002")));
            backoff(play, "both described", "15001", "15002");
            play.ask("read-only", version, change(BROKER, "0", one(SET, "num.partitions", "3")));
            play.ask("read-only default", version, change(BROKER, "", one(SET, "num.partitions", "3")));
            play.ask("only for one broker", version, change(BROKER, "", one(SET, "ssl.keystore.location", "/k")));
            play.ask("too many threads", version, change(BROKER, "0", one(SET, "num.io.threads", "99")));
            play.ask("bad value", version, change(BROKER, "0", one(SET, "log.cleaner.backoff.ms", "soon")));
            play.ask("unknown key", version, change(BROKER, "0", one(SET, "no.such.key", "1")));
            play.ask("another broker", version, change(BROKER, "1", one(SET, "log.cleaner.backoff.ms", "1")));
            play.ask("no number", version, change(BROKER, "here", one(SET, "log.cleaner.backoff.ms", "1")));
            play.ask("broker's back", version, change(BROKER, "0", one(DELETE, "log.cleaner.backoff.ms", null)));
            play.ask("default back", version, change(BROKER, "", one(DELETE, "log.cleaner.backoff.ms", null)));
            backoff(play, "all back", "15000", "15000");
        });
    }

    @Test
    void whatHasSettingsIsListedAlike(SideBySide brokers) {
        brokers.everyVersion("list settings", ApiKey.LIST_CONFIG_RESOURCES, (play, version) -> {
            play.only("configResources", "settings-");
            play.topic("settings-" + version, 1, "flush.ms", "5");
            play.ask("default", version, new ListConfigResourcesRequest());
            if (version >= 1) {
                for (int type : new int[] {TOPIC, BROKER, 8, 16, 32, 0, 5, -1}) {
                    play.ask("type " + type, version, new ListConfigResourcesRequest().resourceTypes(new byte[] {
                                (byte) type
                            }));
                }
                play.ask("two types", version, new ListConfigResourcesRequest().resourceTypes(new byte[] {TOPIC, BROKER
                        }));
            }
        });
    }

    @Test
    void aBrokersDynamicSettingShowsInTopics(SideBySide brokers) {
        brokers.same("broker setting in topics", play -> {
            play.topic("under-dynamic", 1, "flush.ms", "5");
            play.ask("default", 1, change(BROKER, "", one(SET, "log.retention.ms", "3600000")));
            play.ask("broker", 1, change(BROKER, "0", one(SET, "message.max.bytes", "2000000")));
            underDynamic(play, "described", "3600000", "2000000");
            play.ask("made", 7, create(with(topic("made-under-dynamic", 1, 1), "flush.ms", "6")));
            play.ask("default back", 1, change(BROKER, "", one(DELETE, "log.retention.ms", null)));
            play.ask("broker back", 1, change(BROKER, "0", one(DELETE, "message.max.bytes", null)));
            underDynamic(play, "described again", "604800000", "1048588");
        });
    }

    private static void underDynamic(Play play, String what, String retention, String size) {
        DescribeConfigsRequest request =
                describe(resource(TOPIC, "under-dynamic")).includeSynonyms(true);
        play.until(what, 4, request, DescribeConfigsResponse.class, answer -> {
            Map<String, String> values = answer.results().get(0).configs().stream()
                    .collect(Collectors.toMap(
                            DescribeConfigsResourceResult::name, DescribeConfigsResourceResult::value));
            return retention.equals(values.get("retention.ms")) && size.equals(values.get("max.message.bytes"));
        });
    }

    /** Changes reach the broker a little after they are answered; the default itself is 15000. */
    private static void backoff(Play play, String what, String broker, String byDefault) {
        DescribeConfigsRequest request = describe(
                        resource(BROKER, "0", "log.cleaner.backoff.ms"), resource(BROKER, "", "log.cleaner.backoff.ms"))
                .includeSynonyms(true);
        play.until(what, 4, request, DescribeConfigsResponse.class, answer -> {
            DescribeConfigsResourceResult ofBroker =
                    answer.results().get(0).configs().get(0);
            List<String> values = ofBroker.synonyms().stream()
                    .map(one -> one.value())
                    .distinct()
                    .toList();
            return values.equals(
                    Stream.of(broker, byDefault, "15000").distinct().toList());
        });
    }

    private static DescribeConfigsRequest describe(DescribeConfigsResource... resources) {
        return new DescribeConfigsRequest().resources(List.of(resources));
    }

    private static DescribeConfigsResource resource(int type, String name, String... keys) {
        return new DescribeConfigsResource()
                .resourceType((byte) type)
                .resourceName(name)
                .configurationKeys(keys.length == 0 ? null : List.of(keys));
    }

    private static AlterConfigsRequest alter(int type, String name, String... keysAndValues) {
        List<AlterConfigsRequest.AlterableConfig> configs = new ArrayList<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.add(new AlterConfigsRequest.AlterableConfig()
                    .name(keysAndValues[i])
                    .value(keysAndValues[i + 1]));
        }
        List<AlterConfigsRequest.AlterConfigsResource> resources = new ArrayList<>();
        resources.add(new AlterConfigsRequest.AlterConfigsResource()
                .resourceType((byte) type)
                .resourceName(name)
                .configs(configs));
        return new AlterConfigsRequest().resources(resources);
    }

    private static IncrementalAlterConfigsRequest change(
            int type, String name, IncrementalAlterConfigsRequest.AlterableConfig... changes) {
        return new IncrementalAlterConfigsRequest()
                .resources(List.of(new IncrementalAlterConfigsRequest.AlterConfigsResource()
                        .resourceType((byte) type)
                        .resourceName(name)
                        .configs(Arrays.asList(changes))));
    }

    private static IncrementalAlterConfigsRequest.AlterableConfig one(int operation, String key, String value) {
        return new IncrementalAlterConfigsRequest.AlterableConfig()
                .name(key)
                .configOperation((byte) operation)
                .value(value);
    }
}
