using FederationConsole.Data;
using FederationConsole.Platform;

namespace FederationConsole.Features.Events;

/// <summary>A type of event, with what its <c>data</c> looks like.</summary>
/// <param name="Data">JSON. Never personal data: a receiver that needs a phone or a name asks for the profile by the user's id.</param>
/// <param name="OfUser">Whether it concerns a user; only then it has an order.</param>
public sealed record EventType(string Name, string Data, bool OfUser = true);

/// <summary>Every type that a receiver can be told of. One that is published and not named here is delivered all the same.</summary>
public static class EventTypes
{
    /// <summary>Sent by the console's button to one receiver alone.</summary>
    public const string Test = "receiver.test";

    /// <summary>Published only where a receiver wants it: it happens at every login.</summary>
    public const string SessionCreated = "session.created";

    public static readonly IReadOnlyList<EventType> All =
    [
        new("user.created", """{"user_id":8899001122,"source":10}"""),
        new("user.updated", """{"user_id":8899001122,"fields":["nickname","avatar"]}"""),
        new("user.phone_changed", """{"user_id":8899001122}"""),
        new("user.email_changed", """{"user_id":8899001122}"""),
        new("user.identity_bound", """{"user_id":8899001122,"source":4}"""),
        new("user.identity_unbound", """{"user_id":8899001122,"source":4}"""),
        new("user.merged", """{"user_id":8899001122,"merged_user_id":8899001100}"""),
        new("user.merge_undone", """{"user_id":8899001122,"merged_user_id":8899001100}"""),
        new("user.disabled", """{"user_id":8899001122}"""),
        new("user.enabled", """{"user_id":8899001122}"""),
        new("user.erased", """{"user_id":8899001122}"""),
        new(SessionCreated, """{"user_id":8899001122,"session_id":"8899001133","source":10,"plugin_id":"a1b2c3d4e5f6","resource":"ios"}"""),
        new("session.refresh_token_reused", """{"user_id":8899001122}"""),
        new("meeting.registered", """{"bvent_id":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f","order_no":"2111041526362863634","order_status":"Paid","attendee_id":"b0e50000-6b13-9276-9e9a-08d99f646f52","attendee_type_id":"a1000000-0000-4000-8000-000000000001"}"""),
        new("meeting.order_changed", """{"bvent_id":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f","order_no":"2111041526362863634","order_status":"Cancelled","attendee_id":"b0e50000-6b13-9276-9e9a-08d99f646f52","attendee_type_id":"a1000000-0000-4000-8000-000000000001"}"""),
        new("meeting.checked_in", """{"bvent_id":"8d4f2c1e-5b7a-4d3e-9f60-1a2b3c4d5e6f","order_no":"2111041526362863634","order_status":"Paid","attendee_id":"b0e50000-6b13-9276-9e9a-08d99f646f52","attendee_type_id":"a1000000-0000-4000-8000-000000000001"}"""),
        new(Test, """{"message":"test"}""", OfUser: false),
    ];

    /// <summary>As a receiver gets it, byte for byte but for the line breaks.</summary>
    public static OutboxEvent Sample(EventType type, DateTimeOffset at) => new()
    {
        Id = 8899001144, Type = type.Name, UserId = type.OfUser ? UserId.Of(8899001122) : default, At = at, Payload = type.Data,
    };
}
