using System.Globalization;
using FederationConsole.Platform;
using FederationConsole.Platform.StrictJson;

namespace FederationConsole.Features.Messages;

/// <summary>What one provider needs to be set up, by the project file's names.</summary>
/// <param name="Settings">Must be there and are shown.</param>
/// <param name="Secrets">Must be there and are never shown again.</param>
/// <param name="Optional">May be there.</param>
/// <param name="OptionalSecrets">May be there and are never shown again.</param>
public sealed record MessageForm(
    IReadOnlyList<string> Settings, IReadOnlyList<string> Secrets, IReadOnlyList<string> Optional, IReadOnlyList<string> OptionalSecrets)
{
    public IEnumerable<string> AllSettings => Settings.Concat(Optional);

    public IEnumerable<string> AllSecrets => Secrets.Concat(OptionalSecrets);
}

/// <summary>The forms of all providers, the rules of their fields, and of the texts that are sent.</summary>
public static class MessageRules
{
    public const int MaxText = 300;
    public const int MaxSubject = 100;
    public const int MaxSecret = 512;

    public const string Code = "{code}";
    public const string Minutes = "{minutes}";

    public static readonly IReadOnlyDictionary<MessageProvider, MessageForm> Forms = new Dictionary<MessageProvider, MessageForm>
    {
        [MessageProvider.Inbox] = new([], [], [], []),
        [MessageProvider.Http] = new(["url"], ["token"], [], []),
        [MessageProvider.Aliyun] = new(["accessKeyId", "signName", "templateCode"], ["accessKeySecret"], [AliyunSender.NoticeTemplate, "apiBase"], []),
        [MessageProvider.Smtp] = new(["host", "from"], [], ["port", "security", "userName"], ["password"]),
    };

    /// <summary>The words of <see cref="SmtpSecurity"/> in files and forms.</summary>
    public static readonly IReadOnlyDictionary<string, SmtpSecurity> Securities =
        Enum.GetValues<SmtpSecurity>().ToDictionary(s => StrictJsonReader.Words.ConvertName(s.ToString()));

    /// <summary>A text that is sent: with <c>{code}</c> once at least, <c>{minutes}</c> if wanted, and no other brace.</summary>
    public static readonly TextShape TextForm = new("MessageText", Code.Length, MaxText, text => IsTemplate(text) && text.Contains(Code, StringComparison.Ordinal));

    public static readonly TextShape SubjectForm = new("MessageSubject", 1, MaxSubject, text => IsTemplate(text) && text.Trim().Length == text.Length);

    private static readonly TextShape Name = Texts.Line(100);

    private static readonly Dictionary<string, TextShape> Fields = new(StringComparer.Ordinal)
    {
        ["url"] = Texts.Url,
        ["apiBase"] = Texts.UrlBase,
        ["host"] = Texts.Host,
        ["from"] = Texts.Email,
        ["userName"] = Texts.Line(254),
        ["accessKeyId"] = Texts.Token(1, 128),
        ["signName"] = Name,
        ["templateCode"] = Texts.Token(1, 64),
        [AliyunSender.NoticeTemplate] = Texts.Token(1, 64),
        ["text"] = TextForm,
        ["subject"] = SubjectForm,
    };

    /// <summary>The shape of a field that is plain text, which the project file asks by too.</summary>
    public static TextShape Field(string name) => Fields[name];

    public static IReadOnlyList<MessageProvider> Of(MessageChannel channel) => channel == MessageChannel.Sms
        ? [MessageProvider.Inbox, MessageProvider.Http, MessageProvider.Aliyun]
        : [MessageProvider.Inbox, MessageProvider.Http, MessageProvider.Smtp];

    /// <summary>The texts of a channel: what is sent may be worded for every provider, also for the inbox.</summary>
    public static IReadOnlyList<string> TextsOf(MessageChannel channel) => channel == MessageChannel.Sms ? ["text"] : ["subject", "text"];

    public static string DefaultText(string name) => name == "subject" ? "您的验证码" : "您的验证码是 {code}，{minutes} 分钟内有效。如非本人操作，请忽略。";

    /// <returns>The first field that is missing or wrong, by its name.</returns>
    public static Fault? Check(
        MessageChannel channel, MessageProvider provider, IReadOnlyDictionary<string, string> settings, IReadOnlyDictionary<string, string> secrets)
    {
        if (!Of(channel).Contains(provider))
        {
            return new Fault(FaultKind.Invalid, "provider");
        }

        var form = Forms[provider];
        var missing = form.Settings.Where(name => string.IsNullOrEmpty(settings.GetValueOrDefault(name)))
            .Concat(form.Secrets.Where(name => string.IsNullOrEmpty(secrets.GetValueOrDefault(name))));
        // Signing in takes both or neither.
        if (form.OptionalSecrets.Contains("password") && string.IsNullOrEmpty(settings.GetValueOrDefault("userName")) != string.IsNullOrEmpty(secrets.GetValueOrDefault("password")))
        {
            missing = missing.Append(string.IsNullOrEmpty(settings.GetValueOrDefault("userName")) ? "userName" : "password");
        }

        var wrong = settings.Where(s => s.Value.Length > 0 && !Fits(s.Key, s.Value)).Select(s => s.Key)
            .Concat(secrets.Where(s => s.Value.Length > MaxSecret || s.Value.Any(char.IsControl)).Select(s => s.Key));
        return missing.Select(name => new Fault(FaultKind.Missing, name)).FirstOrDefault()
            ?? wrong.Select(name => new Fault(FaultKind.Invalid, name)).FirstOrDefault();
    }

    /// <summary>Puts the code and its life into a text.</summary>
    public static string Fill(string text, string code, int minutes) => text
        .Replace(Code, code, StringComparison.Ordinal)
        .Replace(Minutes, minutes.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Whether a value that is there is one for this field.</summary>
    public static bool Fits(string name, string value) => name switch
    {
        "port" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65_535,
        "security" => Securities.ContainsKey(value),
        _ => Fields[name] is var shape && value.Length >= shape.Min && value.Length <= shape.Max && !value.Any(char.IsControl) && shape.Fits(value),
    };

    private static bool IsTemplate(string text)
    {
        var rest = Fill(text, "", 0);
        return !rest.Contains('{', StringComparison.Ordinal) && !rest.Contains('}', StringComparison.Ordinal);
    }
}
