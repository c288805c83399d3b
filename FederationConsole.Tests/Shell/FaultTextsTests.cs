using FederationConsole.Platform;
using FederationConsole.Shell;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace FederationConsole.Tests.Shell;

public sealed class FaultTextsTests : ShellContext
{
    private IStringLocalizer<ShellTexts> Texts => Services.GetRequiredService<IStringLocalizer<ShellTexts>>();

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Every_fault_has_words_of_its_own(string language)
    {
        Speak(language);
        var said = Enum.GetValues<FaultKind>().Select(kind => (kind, text: Texts[$"Fault_{kind}"])).ToList();

        Assert.Empty(said.Where(s => s.text.ResourceNotFound).Select(s => s.kind));
        Assert.Equal(said.Count, said.Select(s => s.text.Value).Distinct().Count());
        Assert.All(said, s => Assert.Equal(language == "zh-CN", s.text.Value.Any(c => c is >= '\u4e00' and <= '\u9fff')));
    }

    [Fact]
    public void Detail_and_waiting_time_are_said()
    {
        Assert.Equal("填写的内容不符合要求。最多 64 个字。", Texts.Say(new Fault(FaultKind.Invalid, "name", "最多 64 个字。")));
        Assert.Equal("至少要保留一位所有者。", Texts.Say(new Fault(FaultKind.NotAllowedNow, null, "至少要保留一位所有者。")));
        Assert.Equal("操作太频繁。请在 3 秒后再试。", Texts.Say(new Fault(FaultKind.TooMany) { RetryAfter = TimeSpan.FromSeconds(2.1) }));
    }

    [Fact]
    public void English_is_said_to_those_who_chose_it()
    {
        Speak("en");
        Assert.Equal("Too many tries. Try again in 1 s.", Texts.Say(new Fault(FaultKind.TooMany) { RetryAfter = TimeSpan.Zero }));
    }
}
