using System.Text.RegularExpressions;
using FederationConsole.Data;
using FederationConsole.Features.Messages;
using FederationConsole.Features.Projects;
using FederationConsole.Features.Verifications;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Tests.Support;

/// <summary>What reached somebody's phone or mail, and captchas as somebody sees them who can.</summary>
internal static partial class Inbox
{
    /// <summary>The newest code that was sent there; null when nothing was.</summary>
    public static async Task<string?> CodeAsync(this World world, string target, EnvironmentEntry? environment = null)
    {
        var message = await world.Get<Store>().ReadAsync((environment ?? world.Development).Scope, db =>
            db.Set<InboxMessage>().Where(m => m.Target == target).OrderByDescending(m => m.Id).FirstOrDefaultAsync());
        return message is null ? null : SixDigits().Match(message.Text).Value;
    }

    public static Task<int> MessagesAsync(this World world) =>
        world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<InboxMessage>().CountAsync());

    public static async Task<string> CaptchaAsync(this World world, object request)
    {
        var reply = await world.PostAsync("/v2/user_register/captcha", request);
        Assert.True(reply.Code == 0, reply.Text);
        return await world.Get<Store>().ReadAsync(world.Development.Scope, db => db.Set<Captcha>().OrderByDescending(c => c.ExpiresAt).Select(c => c.Answer).FirstAsync());
    }

    /// <summary>A code that is six digits and not this one.</summary>
    public static string Other(this string code) => code[..5] + (code[5] == '0' ? '1' : '0');

    [GeneratedRegex("[0-9]{6}", RegexOptions.None, 1000)]
    private static partial Regex SixDigits();
}
