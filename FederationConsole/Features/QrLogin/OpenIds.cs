using System.Security.Cryptography;
using FederationConsole.Data;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.QrLogin;

/// <summary>
/// Ids of users towards one app. A table and not a keyed hash: there is no key that could be lost or changed, and two apps that
/// compare theirs learn nothing.
/// </summary>
internal static class OpenIds
{
    private const int Bytes = 16;

    public static Task<string?> FindAsync(ConsoleDb db, AppId app, UserId user) =>
        db.Set<AppOpenId>().Where(o => o.AppId == app && o.UserId == user).Select(o => o.OpenId).FirstOrDefaultAsync();

    /// <summary>Inside a write: the user's, made when it is first asked for.</summary>
    public static async Task<string> OfAsync(ConsoleDb db, AppId app, UserId user)
    {
        if (await FindAsync(db, app, user) is { } known)
        {
            return known;
        }

        var openId = "o" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
        db.Add(new AppOpenId { AppId = app, UserId = user, OpenId = openId, CreatedAt = db.Now });
        return openId;
    }
}
