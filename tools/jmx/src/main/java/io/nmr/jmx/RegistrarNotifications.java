package io.nmr.jmx;

import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarListener;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

/** Events as JMX notifications, such as {@code io.nmr.binding.attached}; the user data holds their parts. */
final class RegistrarNotifications extends NotificationBroadcasterSupport implements RegistrarListener {

    private final ObjectName source;

    RegistrarNotifications(ObjectName source) {
        super(new MBeanNotificationInfo(types(), Notification.class.getName(), "What happens in the registrar"));
        this.source = source;
    }

    /** Every kind of event there is. */
    static String[] types() {
        return Stream.of(
                        of("module", RegistrarEvent.OfModule.Kind.values()),
                        of("binding", RegistrarEvent.OfBinding.Kind.values()),
                        of("drain", RegistrarEvent.OfDrain.Kind.values()),
                        of("incident", RegistrarEvent.OfIncident.Kind.values()))
                .flatMap(types -> types)
                .toArray(String[]::new);
    }

    private static Stream<String> of(String subject, Enum<?>... kinds) {
        return Arrays.stream(kinds).map(kind -> type(subject, kind));
    }

    private static String type(String subject, Enum<?> kind) {
        return "io.nmr." + subject + "." + kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void event(RegistrarEvent event) {
        EventParts parts = EventParts.of(event);
        Notification notification = new Notification(
                type(parts.subject(), event.kind()), source, event.sequence(), event.time().toEpochMilli(), parts.message());
        notification.setUserData(parts.toCompositeData());
        sendNotification(notification);
    }
}
