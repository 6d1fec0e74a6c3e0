package io.barnabas.cluster.zookeeper;

import org.apache.zookeeper.common.Time;
import org.apache.zookeeper.server.PrepRequestProcessor;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.RequestProcessor;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * The first step of every request, which checks it and gives a write its place in the order, on the thread that brings
 * the request: waking another one for it costs more than the step itself. One request at a time, whoever brings it; it
 * has its place in the queue of the next step before the next one is looked at. The thread that this would be is never
 * started.
 */
final class PreparationInPlace extends PrepRequestProcessor {
    PreparationInPlace(ZooKeeperServer server, RequestProcessor next) {
        super(server, next);
    }

    @Override
    public synchronized void processRequest(Request request) {
        request.prepQueueStartTime = Time.currentElapsedTime();
        request.prepStartTime = request.prepQueueStartTime;
        try {
            pRequest(request);
        } catch (RequestProcessorException failure) {
            handleException(getName(), failure.getCause() == null ? failure : failure.getCause());
        } catch (RuntimeException failure) {
            handleException(getName(), failure);
        }
    }
}
