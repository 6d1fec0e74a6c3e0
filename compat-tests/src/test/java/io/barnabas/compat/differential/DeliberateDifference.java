package io.barnabas.compat.differential;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A difference that is meant, and why. docs/differences.md says the same to users. One that is no longer seen when its
 * scenario is played fails the test, so the list stays true.
 *
 * @param scenario in which it shows; of several, in each
 * @param what requests, by their names in the scenario
 * @param path fields
 */
record DeliberateDifference(Pattern scenario, Pattern what, Pattern path, String why) {
    static final List<DeliberateDifference> ALL = List.of(
            // How connections begin
            meant(
                    "names of software",
                    ".*",
                    "apiKeys.*",
                    "the versions of 3.9.2 and of 4.4.0 are listed together, and what is not served is not"),
            meant(
                    "names of software",
                    ".*",
                    "(finalized|supported)Features.*",
                    "transaction.version is told, so that newer producers speak the second protocol"),
            meant("version of the future", ".*", "apiKeys.*", "ApiVersions has version 5"),
            meant("no request", "array of length -2", "", "lengths below -1 are malformed; Apache reads null"),

            // Coordinators and offsets
            meant(
                    "find coordinator",
                    "type (-1|2|3)|share key",
                    "(coordinators.*)?errorMessage",
                    "the message names the type of coordinator that there is none of"),
            meant(
                    "find coordinator",
                    "type 2|share key",
                    "coordinators.*errorCode",
                    "share groups are refused for good, so that clients do not wait for their coordinator"),
            meant("commit", "partition twice", "topics.*", "a partition committed twice is answered twice"),
            meant(
                    "fetch offsets",
                    "partition twice",
                    ".*partitions.*",
                    "a partition asked for twice is answered twice"),
            meant(
                    "commit, newer",
                    "unknown group with a generation",
                    "topics.*errorCode",
                    "an unknown group has no such generation; 4.3 says in version 10 that it is unknown"),
            meant(
                    "describe groups, newer",
                    ".*",
                    "groups.*authorizedOperations",
                    "groups have no settings here, so nobody may read or change them"),
            meant(
                    "describe groups, newer",
                    "only a pending member",
                    "groups.*",
                    "a group with nobody but a pending member is there, and empty, in every version"),
            meant(
                    "commit|fetch offsets",
                    "no group id",
                    "topics.*errorCode",
                    "in version 0 a group that can be no node in ZooKeeper is told so, not an unexpected error"),

            // Transactions
            meant(
                    "init producer",
                    "described",
                    "transactionStates.*transactionStartTimeMs",
                    "a producer that has begun anew has no transaction; Apache shows the time of the one before"),
            meant(
                    "transactional produce",
                    "no id|not added|another partition|late",
                    "responses.*errorMessage",
                    "other words, or none"),
            meant(
                    "transactional produce",
                    "zombie amid",
                    "responses.*logStartOffset",
                    "the coordinator is asked first, and refuses it"),
            meant("describe producers", "missing partition", "topics.*errorMessage", "the refusal says why"),

            // Topics
            meant(
                    "describe partitions, newer",
                    "unknown|bad name",
                    "topics.*topicAuthorizedOperations",
                    "of a topic that is not there nothing is said"),
            meant("describe partitions, newer", "no name", "topics.*errorCode", "a topic without a name is invalid"),
            meant(
                    "made on first use(, newer)?",
                    "first|collides",
                    "topics.*",
                    "a topic made on first use is answered with its leader, not with the request to come again"),
            meant(
                    "made on first use, newer",
                    "collides again",
                    "topics.*errorCode",
                    "a name that collides is invalid, as with 3.9.2"),
            meant(
                    "create topics",
                    "assigned twice to one",
                    "topics.*errorMessage",
                    "the message shows the assignment, without the names of Scala's classes"),
            meant("create partitions", "no name", "results.*errorMessage", "an error -1 has a message"),
            meant(
                    "delete topics",
                    "id zero",
                    "responses.*errorCode",
                    "an id that no topic has is unknown; Apache says that it is not authorized"),
            meant("delete topics", "by name and id", "responses.*errorMessage", "the refusal says why"),

            // Records
            meant("formats", "zstd", "responses.*", "zstd is refused in every Produce below 7, in format 2 too"),
            meant("times(, newer)?", ".*-strict", "responses.*[mM]essage", "other words"),
            meant("list offsets, newer", "partition twice", "topics.*", "each time is refused, as by 3.9.2"),
            meant(
                    "fetch",
                    "a byte",
                    "responses.*records.*",
                    "a reader of versions 0 to 2 sees by a cut-off batch that its limit is too small; Kafka sends nothing"),
            meant(
                    "fetch(, newer)?",
                    "negative bytes",
                    "responses.*",
                    "a negative limit is none at all, not an unexpected error"),
            meant(
                    "fetch(, newer)?",
                    "isolation of the future",
                    "errorCode|responses.*",
                    "an unknown isolation level reads what is uncommitted; Kafka fails unexpectedly"),
            meant(
                    "produce(, newer)?|fetch",
                    "no name",
                    "responses.*errorCode",
                    "a topic that has neither name nor id is an unknown id in every version"),
            meant(
                    "damaged",
                    "empty|cut off .*|length too large",
                    "responses.*errorCode",
                    "what holds no whole batch is refused in every version; Kafka says below 3 that all is well"),
            meant("damaged", "codec [57]", "responses.*logStartOffset", "versions 5 and 6 tell the log start"),
            meant(
                    "damaged(, newer)?",
                    "format .*|length zero|negative length|transactional without a producer|no key where compacted",
                    "responses.*[mM]essage",
                    "other words, or none"),

            // Settings
            meant(
                    "describe (topic|broker)",
                    ".*",
                    "results.*isDefault",
                    "version 0 says what is a default; Apache says false of everything"),
            meant(
                    "describe topic",
                    "resource type .*",
                    "results.*errorMessage",
                    "the message names the type that has no settings"),
            meant("describe broker", ".*", "results.*configs.log.dirs.*value", "each has directories of its own"),
            meant(
                    "describe broker",
                    ".*",
                    "results.*configs.zookeeper.connect.*",
                    "with zookeeper.connect unset, ZooKeeper runs inside"),
            meant(
                    "change configs",
                    "unknown operation|negative operation",
                    "responses.*",
                    "an unknown operation is an invalid request, not an unexpected error"),
            meant(
                    "change configs",
                    "only for one broker|too many threads",
                    "responses.*errorMessage",
                    "the message is without the names of Java's and Scala's classes"),
            meant(
                    "(alter|change) configs",
                    "unknown key",
                    "responses.*errorMessage",
                    "the message names the resource, as it does for a bad value"));

    static List<DeliberateDifference> of(String scenario) {
        return ALL.stream()
                .filter(one -> one.scenario.matcher(scenario).matches())
                .toList();
    }

    boolean explains(Difference difference) {
        return what.matcher(difference.what()).matches()
                && path.matcher(difference.path()).matches();
    }

    private static DeliberateDifference meant(String scenario, String what, String path, String why) {
        return new DeliberateDifference(Pattern.compile(scenario), Pattern.compile(what), Pattern.compile(path), why);
    }
}
