using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Meetings;

/// <summary>Words the messages of a meeting.</summary>
public sealed class MeetingMessageService(Store store, ProjectCatalog projects)
{
    /// <summary>
    /// Saves the message of one kind. Faults: <see cref="FaultKind.NotFound"/>, <see cref="FaultKind.Invalid"/>
    /// (<see cref="MeetingMessageRules.Check"/>), <see cref="FaultKind.Changed"/>.
    /// </summary>
    /// <param name="key">Of the meeting.</param>
    /// <param name="from">What the form was filled from: somebody who saved the same message in between is not overwritten unseen.</param>
    public async Task<Outcome> SaveAsync(Actor actor, EnvironmentId id, string key, MeetingMessage from, MeetingMessage message)
    {
        var environment = projects.For(actor, Role.Operator, id);
        var fault = environment.Fault ?? MeetingMessageRules.Check(message);
        return fault is not null ? fault : await store.WriteAsync<Outcome>(environment.Value!.Scope, async db =>
        {
            if (await db.Set<Meeting>().FirstOrDefaultAsync(m => m.Key == key) is not { } meeting)
            {
                return FaultKind.NotFound;
            }

            if (MeetingMessageRules.Of(meeting, message.Kind) != from)
            {
                return FaultKind.Changed;
            }

            meeting.Messages = [.. meeting.Messages.Where(m => m.Kind != message.Kind).Append(message).OrderBy(m => m.Kind)];
            meeting.Version++;
            db.Audit(actor, "meeting.messages_saved", "meeting", key);
            db.Signal(MeetingCatalog.Topic);
            return Outcome.Done;
        });
    }
}
