using System.Text;
using System.Text.Json;
using FederationConsole.Platform;
using FederationConsole.Platform.Outbound;

namespace FederationConsole.Features.Messages;

/// <summary>A message, worded: a one-time code or a notice.</summary>
/// <param name="Id">Its own at each sending, so that a gateway can tell a repetition.</param>
/// <param name="Target">E.164 or a lower-case mail address.</param>
/// <param name="National">The number without its zone; empty for a mail.</param>
/// <param name="Zone">Such as <c>+86</c>; empty for a mail.</param>
/// <param name="Variables">What stands in the text, by name, for a provider that words it by a template of its own.</param>
public sealed record Message(
    string Id, MessageChannel Channel, string Target, string National, string Zone, string? Subject, string Text, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>The variable of a one-time code.</summary>
    public const string CodeVariable = "code";

    /// <summary>Null of a notice.</summary>
    public string? Code => Variables.GetValueOrDefault(CodeVariable);

    /// <summary>A mail's; PNG.</summary>
    public MessagePicture? Picture { get; init; }
}

/// <summary>A PNG that a mail carries.</summary>
public sealed record MessagePicture(string Name, byte[] Png);

/// <summary>What a person is told of something that they did, or that was done.</summary>
/// <param name="Subject">Of a mail.</param>
/// <param name="Variables">Those that the text's template names: a provider's own template declares the same.</param>
public sealed record Notice(string Subject, string Text, IReadOnlyDictionary<string, string> Variables, MessagePicture? Picture = null);

/// <summary>What became of handing a message to its provider.</summary>
public abstract record Delivery
{
    private Delivery()
    {
    }

    /// <summary>The provider took it. Whether it arrives, nobody here can know.</summary>
    public sealed record Taken : Delivery;

    /// <summary>The provider was asked and said no.</summary>
    /// <param name="Code">The provider's own code.</param>
    public sealed record Refused(string Code, string? Message) : Delivery;

    /// <summary>No answer to speak of. <paramref name="Failure"/> is null when there was one that nobody can read.</summary>
    public sealed record NotAsked(OutboundFailure? Failure, string Detail) : Delivery;
}

/// <summary>One step of handing a message over, for the console's test: secrets are masked.</summary>
public sealed record DeliveryStep(string Name, string Request, string Answer, TimeSpan Elapsed, bool Good);

/// <summary>How one kind of provider is spoken to. The one seam behind which all of them stand.</summary>
public interface IMessageSender
{
    MessageProvider Provider { get; }

    /// <summary>Calls out, so it is never done inside a write.</summary>
    /// <param name="trace">Filled when somebody watches (the test send).</param>
    Task<Delivery> SendAsync(ChannelEntry entry, Message message, List<DeliveryStep>? trace, CancellationToken cancellation);
}

/// <summary>What HTTP providers have in common.</summary>
internal static class DeliveryText
{
    private const int Shown = 2000;

    public static string Body(OutboundResult.Answered answer) =>
        Encoding.UTF8.GetString(answer.Body.Span) is var text && text.Length > Shown ? text[..Shown] : Encoding.UTF8.GetString(answer.Body.Span);

    public static string Of(OutboundResult result) => result switch
    {
        OutboundResult.Answered answer => $"HTTP {answer.Status} {answer.ContentType}\n{Body(answer)}",
        OutboundResult.Failed failed => failed.Reason.ToString(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A provider may say a secret back, as it was sent, as JSON or in an address.</summary>
    public static string Hide(string text, params string?[] secrets) =>
        secrets.OfType<string>().Where(s => s.Length > 0)
            .SelectMany(secret => new[] { Uri.EscapeDataString(secret), JsonEncodedText.Encode(secret).Value, secret })
            .Aggregate(text, (hidden, form) => hidden.Replace(form, Secret.Mask, StringComparison.OrdinalIgnoreCase));
}
