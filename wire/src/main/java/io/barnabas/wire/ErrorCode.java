package io.barnabas.wire;

/** The error codes of the protocol, by Kafka's names. The code is what travels; the message is for people. */
public enum ErrorCode {
    UNKNOWN_SERVER_ERROR(-1, "The server met an unexpected error while it processed the request."),
    NONE(0, "No error."),
    OFFSET_OUT_OF_RANGE(1, "The requested offset is outside the range of offsets that the server keeps."),
    CORRUPT_MESSAGE(
            2,
            "The message fails its checksum, exceeds the valid size, lacks a key in a compacted topic, or is corrupt otherwise."),
    UNKNOWN_TOPIC_OR_PARTITION(3, "This server does not host this topic-partition."),
    INVALID_FETCH_SIZE(4, "The requested fetch size is not valid."),
    LEADER_NOT_AVAILABLE(5, "The topic-partition has no leader at the moment; an election is under way."),
    NOT_LEADER_OR_FOLLOWER(
            6,
            "This broker is not the leader of the topic-partition, or, for requests that any replica may serve, not a replica of it."),
    REQUEST_TIMED_OUT(7, "The request timed out."),
    BROKER_NOT_AVAILABLE(8, "The broker is not available."),
    REPLICA_NOT_AVAILABLE(9, "The replica of the requested topic-partition is not available."),
    MESSAGE_TOO_LARGE(10, "The request holds a message larger than the server accepts."),
    STALE_CONTROLLER_EPOCH(11, "The controller has moved to another broker."),
    OFFSET_METADATA_TOO_LARGE(12, "The metadata that comes with the offset is too large."),
    NETWORK_EXCEPTION(13, "The server disconnected before an answer arrived."),
    COORDINATOR_LOAD_IN_PROGRESS(14, "The coordinator is still loading and cannot take requests yet."),
    COORDINATOR_NOT_AVAILABLE(15, "The coordinator is not available."),
    NOT_COORDINATOR(16, "This broker is not the right coordinator."),
    INVALID_TOPIC_EXCEPTION(17, "The request names a topic that is not valid for it."),
    RECORD_LIST_TOO_LARGE(18, "The request holds a batch larger than a log segment may be."),
    NOT_ENOUGH_REPLICAS(19, "Messages are refused, because fewer replicas are in sync than required."),
    NOT_ENOUGH_REPLICAS_AFTER_APPEND(20, "Messages are in the log, but on fewer in-sync replicas than required."),
    INVALID_REQUIRED_ACKS(21, "The produce request asks for a number of acknowledgements that is not valid."),
    ILLEGAL_GENERATION(22, "The generation is not that of the group."),
    INCONSISTENT_GROUP_PROTOCOL(
            23,
            "The member's protocols do not fit those of the group, or the first member names no protocol type or no protocol."),
    INVALID_GROUP_ID(24, "The group id is not valid."),
    UNKNOWN_MEMBER_ID(25, "The coordinator does not know this member."),
    INVALID_SESSION_TIMEOUT(
            26,
            "The session timeout is outside the range that the broker allows (group.min.session.timeout.ms to group.max.session.timeout.ms)."),
    REBALANCE_IN_PROGRESS(27, "The group is rebalancing, so the member has to join again."),
    INVALID_COMMIT_OFFSET_SIZE(28, "The offset commit is of a size that is not valid."),
    TOPIC_AUTHORIZATION_FAILED(29, "Not authorized to access the topic."),
    GROUP_AUTHORIZATION_FAILED(30, "Not authorized to access the group."),
    CLUSTER_AUTHORIZATION_FAILED(31, "Not authorized to act on the cluster."),
    INVALID_TIMESTAMP(32, "The timestamp of the message is outside the range that is accepted."),
    UNSUPPORTED_SASL_MECHANISM(33, "The broker does not support the requested SASL mechanism."),
    ILLEGAL_SASL_STATE(34, "The request is not valid at this point of the SASL exchange."),
    UNSUPPORTED_VERSION(35, "This version of the API is not supported."),
    TOPIC_ALREADY_EXISTS(36, "A topic with this name already exists."),
    INVALID_PARTITIONS(37, "The number of partitions is not valid."),
    INVALID_REPLICATION_FACTOR(38, "The replication factor is below 1 or larger than the number of available brokers."),
    INVALID_REPLICA_ASSIGNMENT(39, "The replica assignment is not valid."),
    INVALID_CONFIG(40, "The configuration is not valid."),
    NOT_CONTROLLER(41, "This broker is not the controller of the cluster."),
    INVALID_REQUEST(
            42,
            "The request is not valid: malformed by the client, or sent to a broker that does not understand it. The broker's log may say more."),
    UNSUPPORTED_FOR_MESSAGE_FORMAT(43, "The message format on the broker does not support the request."),
    POLICY_VIOLATION(44, "The parameters of the request violate the configured policy."),
    OUT_OF_ORDER_SEQUENCE_NUMBER(45, "The broker received a sequence number out of order."),
    DUPLICATE_SEQUENCE_NUMBER(46, "The broker received a sequence number twice."),
    INVALID_PRODUCER_EPOCH(47, "The producer uses an old epoch."),
    INVALID_TXN_STATE(48, "The transaction is not in a state that allows this operation."),
    INVALID_PRODUCER_ID_MAPPING(49, "The producer id is not the one that is assigned to the transactional id now."),
    INVALID_TRANSACTION_TIMEOUT(
            50, "The transaction timeout is above the maximum that the broker allows (transaction.max.timeout.ms)."),
    CONCURRENT_TRANSACTIONS(51, "Another operation on the same transaction is still under way."),
    TRANSACTION_COORDINATOR_FENCED(
            52, "The transaction coordinator that sent the marker is no longer the one in charge of this producer."),
    TRANSACTIONAL_ID_AUTHORIZATION_FAILED(53, "Not authorized to use the transactional id."),
    SECURITY_DISABLED(54, "Security features are disabled."),
    OPERATION_NOT_ATTEMPTED(
            55, "The broker did not try this operation, because another one of the same request failed."),
    KAFKA_STORAGE_ERROR(56, "The disk failed when the log was accessed."),
    LOG_DIR_NOT_FOUND(57, "The broker has no log directory of that name."),
    SASL_AUTHENTICATION_FAILED(58, "SASL authentication failed."),
    UNKNOWN_PRODUCER_ID(
            59,
            "The broker knows nothing of this producer id any more; the last records of the producer may have been deleted by retention."),
    REASSIGNMENT_IN_PROGRESS(60, "A reassignment of the partition is under way."),
    DELEGATION_TOKEN_AUTH_DISABLED(61, "Delegation tokens are not enabled."),
    DELEGATION_TOKEN_NOT_FOUND(62, "The server does not know the delegation token."),
    DELEGATION_TOKEN_OWNER_MISMATCH(63, "The principal is neither owner nor renewer of the delegation token."),
    DELEGATION_TOKEN_REQUEST_NOT_ALLOWED(
            64,
            "Delegation tokens may not be asked for over an unauthenticated channel, nor over one that a delegation token authenticated."),
    DELEGATION_TOKEN_AUTHORIZATION_FAILED(65, "Not authorized to use the delegation token."),
    DELEGATION_TOKEN_EXPIRED(66, "The delegation token has expired."),
    INVALID_PRINCIPAL_TYPE(67, "This type of principal is not supported."),
    NON_EMPTY_GROUP(68, "The group is not empty."),
    GROUP_ID_NOT_FOUND(69, "The group id does not exist."),
    FETCH_SESSION_ID_NOT_FOUND(70, "There is no fetch session of this id."),
    INVALID_FETCH_SESSION_EPOCH(71, "The epoch of the fetch session is not the expected one."),
    LISTENER_NOT_FOUND(72, "The leader has no listener that matches the one on which the metadata were asked for."),
    TOPIC_DELETION_DISABLED(73, "Deletion of topics is disabled."),
    FENCED_LEADER_EPOCH(74, "The leader epoch of the request is older than that of the broker."),
    UNKNOWN_LEADER_EPOCH(75, "The leader epoch of the request is newer than that of the broker."),
    UNSUPPORTED_COMPRESSION_TYPE(76, "The client does not support the compression of this partition."),
    STALE_BROKER_EPOCH(77, "The broker epoch has changed."),
    OFFSET_NOT_AVAILABLE(
            78,
            "The leader was elected just now and its high watermark has not caught up, so offsets could seem to go backwards."),
    MEMBER_ID_REQUIRED(79, "The member has to join again with the member id it was given."),
    PREFERRED_LEADER_NOT_AVAILABLE(80, "The preferred leader is not available."),
    GROUP_MAX_SIZE_REACHED(81, "The group has as many members as it may have."),
    FENCED_INSTANCE_ID(82, "Another consumer has registered the same group.instance.id with another member id."),
    ELIGIBLE_LEADERS_NOT_AVAILABLE(83, "No replica that may become leader is available."),
    ELECTION_NOT_NEEDED(84, "The topic-partition needs no election."),
    NO_REASSIGNMENT_IN_PROGRESS(85, "No reassignment of the partition is under way."),
    GROUP_SUBSCRIBED_TO_TOPIC(86, "Offsets of a topic cannot be deleted while the group is subscribed to it."),
    INVALID_RECORD(87, "The record fails the validation of the broker and is refused."),
    UNSTABLE_OFFSET_COMMIT(88, "Offsets of a transaction that is still open have to be decided first."),
    THROTTLING_QUOTA_EXCEEDED(89, "The quota is exhausted."),
    PRODUCER_FENCED(90, "A newer producer with the same transactional id has taken over from this one."),
    RESOURCE_NOT_FOUND(91, "The request refers to a resource that does not exist."),
    DUPLICATE_RESOURCE(92, "The request names the same resource twice."),
    UNACCEPTABLE_CREDENTIAL(93, "The credential does not meet what is demanded of one."),
    INCONSISTENT_VOTER_SET(94, "Sender or receiver of the request is not one of the expected voters."),
    INVALID_UPDATE_VERSION(95, "The version of the update is not valid."),
    FEATURE_UPDATE_FAILED(
            96, "The finalized features could not be updated, because of an unexpected error of the server."),
    PRINCIPAL_DESERIALIZATION_FAILURE(
            97,
            "The principal of a forwarded request could not be read; the brokers' security settings may not fit together."),
    SNAPSHOT_NOT_FOUND(98, "The requested snapshot does not exist."),
    POSITION_OUT_OF_RANGE(99, "The requested position is negative or lies behind the end of the snapshot."),
    UNKNOWN_TOPIC_ID(100, "This server does not host this topic ID."),
    DUPLICATE_BROKER_REGISTRATION(101, "This broker id is in use already."),
    BROKER_ID_NOT_REGISTERED(102, "No broker is registered under this id."),
    INCONSISTENT_TOPIC_ID(103, "The topic id of the log is not that of the request."),
    INCONSISTENT_CLUSTER_ID(104, "The cluster id of the request is not that of the server."),
    TRANSACTIONAL_ID_NOT_FOUND(105, "The transactional id does not exist."),
    FETCH_SESSION_TOPIC_ID_ERROR(106, "The fetch session mixes requests with topic ids and without."),
    INELIGIBLE_REPLICA(107, "The new in-sync set names a replica that may not be in it."),
    NEW_LEADER_ELECTED(108, "The partition was altered as asked, and has a new leader."),
    OFFSET_MOVED_TO_TIERED_STORAGE(109, "The requested offset has moved to tiered storage."),
    FENCED_MEMBER_EPOCH(
            110,
            "The group coordinator has fenced the member epoch; the member has to give up its partitions and join again."),
    UNRELEASED_INSTANCE_ID(111, "Another member of the group still uses the instance id and has to leave first."),
    UNSUPPORTED_ASSIGNOR(112, "The group does not support the assignor, or not in this range of versions."),
    STALE_MEMBER_EPOCH(
            113, "The member epoch is out of date; the member has to learn the new one by a heartbeat and try again."),
    MISMATCHED_ENDPOINT_TYPE(114, "The request was sent to an endpoint of the wrong type."),
    UNSUPPORTED_ENDPOINT_TYPE(115, "Endpoints of this type are not supported yet."),
    UNKNOWN_CONTROLLER_ID(116, "There is no controller of this id."),
    UNKNOWN_SUBSCRIPTION_ID(117, "The telemetry was pushed under a subscription id that is not valid or no longer."),
    TELEMETRY_TOO_LARGE(118, "More telemetry was pushed than the broker accepts at once."),
    INVALID_REGISTRATION(119, "The controller holds the registration of the broker to be not valid."),
    TRANSACTION_ABORTABLE(
            120,
            "The server met an error with the transaction; once it is aborted, the transactional id can be used again."),
    INVALID_RECORD_STATE(121, "The acknowledgement does not fit the state of the record."),
    SHARE_SESSION_NOT_FOUND(122, "There is no such share session."),
    INVALID_SHARE_SESSION_EPOCH(123, "The epoch of the share session is not the expected one."),
    FENCED_STATE_EPOCH(124, "The coordinator refuses the request, because the state epoch is another."),
    INVALID_VOTER_KEY(125, "The voter key is not that of the replica which received it."),
    DUPLICATE_VOTER(126, "The voter belongs to the set of voters already."),
    VOTER_NOT_FOUND(127, "The voter does not belong to the set of voters."),
    INVALID_REGULAR_EXPRESSION(128, "The regular expression is not valid."),
    REBOOTSTRAP_REQUIRED(
            129, "The metadata of the client are out of date; it should fetch them from its bootstrap servers again."),
    STREAMS_INVALID_TOPOLOGY(130, "The topology is not valid."),
    STREAMS_INVALID_TOPOLOGY_EPOCH(131, "The epoch of the topology is not valid."),
    STREAMS_TOPOLOGY_FENCED(132, "The epoch of the topology is out of date."),
    SHARE_SESSION_LIMIT_REACHED(133, "There are as many share sessions as there may be."),
    GROUP_DELETION_FAILED(134, "The group could not be deleted; the message that comes with it says why."),
    STREAMS_TOPOLOGY_DESCRIPTION_UPDATE_FAILED(
            135, "The description of the topology could not be updated; the message that comes with it says why."),
    CONTROLLER_ID_NOT_REGISTERED(136, "No controller is registered under this id.");

    private static final int LOWEST = UNKNOWN_SERVER_ERROR.code;
    private static final ErrorCode[] BY_CODE = new ErrorCode[values().length];

    static {
        for (ErrorCode error : values()) {
            BY_CODE[error.code - LOWEST] = error;
        }
    }

    private final short code;
    private final String defaultMessage;

    ErrorCode(int code, String defaultMessage) {
        this.code = (short) code;
        this.defaultMessage = defaultMessage;
    }

    public short code() {
        return code;
    }

    /** What to tell where nothing more particular is known. */
    public String defaultMessage() {
        return defaultMessage;
    }

    /** A code that a later release invented is {@link #UNKNOWN_SERVER_ERROR} to us. */
    public static ErrorCode of(short code) {
        int index = code - LOWEST;
        return index >= 0 && index < BY_CODE.length ? BY_CODE[index] : UNKNOWN_SERVER_ERROR;
    }
}
