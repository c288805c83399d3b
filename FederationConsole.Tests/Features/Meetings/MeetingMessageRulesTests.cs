using FederationConsole.Features.Meetings;

namespace FederationConsole.Tests.Features.Meetings;

public sealed class MeetingMessageRulesTests
{
    [Theory]
    [InlineData(MeetingMessageKind.Confirmation)]
    [InlineData(MeetingMessageKind.Reminder)]
    [InlineData(MeetingMessageKind.Cancellation)]
    public void The_default_wording_is_allowed_and_sent_to_nobody_unasked(MeetingMessageKind kind)
    {
        var message = MeetingMessageRules.Default(kind);
        Assert.Null(MeetingMessageRules.Check(message));
        Assert.Equal((false, false), (message.Mail, message.Sms));
    }

    [Theory]
    [InlineData("您好 {name}", true)]
    [InlineData("您好 {nickname}", false)]
    [InlineData("您好 {name", false)]
    [InlineData("您好 name}", false)]
    [InlineData("", false)]
    [InlineData("一行\n又一行", false)]
    public void A_subject_is_one_line_with_known_placeholders(string subject, bool allowed) =>
        Assert.Equal(allowed ? null : "subject", MeetingMessageRules.Check(MeetingMessageRules.Default(MeetingMessageKind.Confirmation) with { Subject = subject })?.Field);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(720, true)]
    [InlineData(721, false)]
    public void A_reminder_goes_out_an_hour_to_a_month_before(int hours, bool allowed) =>
        Assert.Equal(allowed ? null : "hoursBefore", MeetingMessageRules.Check(MeetingMessageRules.Default(MeetingMessageKind.Reminder) with { HoursBefore = hours })?.Field);

    [Fact]
    public void What_a_value_brings_is_no_placeholder() =>
        Assert.Equal("{orderNo} 123", MeetingMessageRules.Fill("{name} {orderNo}", name => name == "name" ? "{orderNo}" : "123"));

    [Theory]
    [InlineData("王小明", "王小明")]
    [InlineData("Anne-Marie O'Neill", "Anne-Marie O'Neill")]
    [InlineData("中奖 https://evil.example/x 点我", "中奖 httpsevilexamplex")]
    [InlineData("13800000000", "")]
    public void A_name_in_a_message_is_no_address_and_short(string name, string spoken)
    {
        var said = MeetingMessageRules.Spoken(name);
        Assert.StartsWith(spoken, said, StringComparison.Ordinal);
        Assert.True(said.Length <= 20 && !said.Contains('.', StringComparison.Ordinal) && !said.Contains('/', StringComparison.Ordinal), said);
    }
}
