package io.barnabas.cluster.controller;

import io.barnabas.cluster.store.StoreSession;

/**
 * What all parts of a controller share for as long as it reigns: from one election until its session ends or another
 * broker is elected. A new reign begins with nothing but what ZooKeeper says.
 */
final class Reign {
    final ControllerSettings settings;
    /** Answers and watches come on the mailbox. */
    final StoreSession session;

    final int epoch;
    final ClusterState state = new ClusterState();
    final GuardedWrites writes;
    final LeadershipWrites leaderships;
    final BrokerChannels channels;
    final EventQueue events;
    private final RoleRequests.Origin origin;
    private RoleAnswers answers;

    /** @param epochVersion of /controller_epoch, which guards every write */
    record Term(int epoch, int epochVersion) {}

    Reign(ControllerSettings settings, StoreSession session, Term term, BrokerChannels channels, EventQueue events) {
        this.settings = settings;
        this.session = session;
        this.epoch = term.epoch();
        this.writes = new GuardedWrites(session, term.epochVersion());
        this.leaderships = new LeadershipWrites(state, writes, session, term.epoch());
        this.channels = channels;
        this.events = events;
        this.origin = new RoleRequests.Origin(settings.brokerId(), term.epoch(), settings.interBrokerListener());
    }

    void answersGoTo(RoleAnswers listener) {
        this.answers = listener;
    }

    RoleRequests newRound() {
        return new RoleRequests(origin, state);
    }

    void send(RoleRequests round) {
        round.send(channels, answers);
    }
}
