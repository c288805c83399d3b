using System.Globalization;
using FederationConsole.Data;
using FederationConsole.Features.Accounts;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.ConsoleQr;

/// <summary>By what a user can sign in, as one hash: when the password was set, phone, e-mail, identities.</summary>
internal static class WaysIn
{
    /// <summary>Null where the environment has no such user.</summary>
    public static async Task<byte[]?> HashAsync(ConsoleDb db, UserId id)
    {
        if (await db.Set<User>().Where(u => u.Id == id).Select(u => new { u.Phone, u.Email }).FirstOrDefaultAsync() is not { } user)
        {
            return null;
        }

        var password = await db.Set<PasswordCredential>().Where(p => p.UserId == id).Select(p => (DateTimeOffset?)p.SetAt).FirstOrDefaultAsync();
        // By the row's key: what was unbound and bound again is another.
        var identities = await db.Set<Identity>().Where(i => i.UserId == id).OrderBy(i => i.Id).Select(i => i.Id).ToListAsync();
        return Tokens.Hash(string.Join('\n', [
            password?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "", user.Phone ?? "", user.Email ?? "",
            .. identities.Select(i => i.ToString(CultureInfo.InvariantCulture)),
        ]));
    }
}
