using FederationConsole.Features.Messages;
using FederationConsole.Platform;

namespace FederationConsole.Tests.Features.Messages;

public sealed class MessageRulesTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Theory]
    [InlineData("{code}", null)]
    [InlineData("码 {code}，{minutes} 分钟", null)]
    [InlineData("没有码", "text")]
    [InlineData("{code} {name}", "text")]
    [InlineData("{code} }", "text")]
    [InlineData("{code}\n", "text")]
    public void A_text_has_the_code_and_no_other_brace(string text, string? field) =>
        Assert.Equal(field, MessageRules.Check(MessageChannel.Sms, MessageProvider.Inbox, new Dictionary<string, string> { ["text"] = text }, Nothing)?.Field);

    [Theory]
    [InlineData(MessageChannel.Sms, MessageProvider.Smtp, "provider")]
    [InlineData(MessageChannel.Mail, MessageProvider.Aliyun, "provider")]
    [InlineData(MessageChannel.Sms, MessageProvider.Http, "url")]
    [InlineData(MessageChannel.Sms, MessageProvider.Aliyun, "accessKeyId")]
    [InlineData(MessageChannel.Mail, MessageProvider.Smtp, "host")]
    public void A_provider_needs_what_its_form_says(MessageChannel channel, MessageProvider provider, string field) =>
        Assert.Equal(field, MessageRules.Check(channel, provider, Nothing, Nothing)?.Field);

    [Fact]
    public void Who_signs_in_to_a_mail_server_needs_name_and_password()
    {
        var settings = new Dictionary<string, string> { ["host"] = "mail.example.com", ["from"] = "no-reply@example.com" };
        Assert.Null(MessageRules.Check(MessageChannel.Mail, MessageProvider.Smtp, settings, Nothing));
        settings["userName"] = "li";
        Assert.Equal(new Fault(FaultKind.Missing, "password"), MessageRules.Check(MessageChannel.Mail, MessageProvider.Smtp, settings, Nothing));
        Assert.Null(MessageRules.Check(MessageChannel.Mail, MessageProvider.Smtp, settings, new Dictionary<string, string> { ["password"] = "secret" }));
        settings["port"] = "70000";
        Assert.Equal("port", MessageRules.Check(MessageChannel.Mail, MessageProvider.Smtp, settings, new Dictionary<string, string> { ["password"] = "secret" })?.Field);
    }

    [Theory]
    [InlineData(" Li@Example.COM ", "li@example.com")]
    [InlineData("li@localhost", null)]
    [InlineData("li", null)]
    [InlineData("\"li li\"@example.com", null)]
    [InlineData("Li <li@example.com>", null)]
    [InlineData("li@example.com\r\nBcc: x@example.com", null)]
    public void A_mail_address_has_one_form(string text, string? form) => Assert.Equal(form, MessageTarget.Mail(text)?.Text);
}
