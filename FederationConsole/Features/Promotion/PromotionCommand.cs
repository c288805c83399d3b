using FederationConsole.Data;
using FederationConsole.Features.Projects;
using FederationConsole.Platform;
using Microsoft.EntityFrameworkCore;

namespace FederationConsole.Features.Promotion;

/// <summary><c>-- promote CODE [--dry-run] [--comment TEXT]</c>: prints the difference with the users it touches, and publishes it unless it is a dry run.</summary>
internal sealed class PromotionCommand(Store store, PromotionService promotion)
{
    private static readonly Actor CommandLine = Actor.Host with { Name = "command line" };

    /// <param name="output">Where all of it goes.</param>
    /// <param name="args">What stands behind the command's name.</param>
    /// <returns>
    /// 0: published; with <c>--dry-run</c>: shown, also where nothing is different. 1: refused (no such project, nothing to publish,
    /// an approval is needed, something moved). 2: used wrongly, which includes no comment.
    /// </returns>
    public async Task<int> RunAsync(TextWriter output, string[] args)
    {
        if (Parse(args) is not var (code, dry, comment) || (!dry && PromotionService.CheckComment(comment) is not null))
        {
            await output.WriteLineAsync("promote CODE [--dry-run] [--comment TEXT]");
            await output.WriteLineAsync(PromotionWords.Say("Comment.Help", PromotionService.MaxComment));
            return 2;
        }

        if (await store.ReadAsync(Scope.Host, db => db.Set<Project>().Where(p => p.Code == code).Select(p => (ProjectId?)p.Id).FirstOrDefaultAsync()) is not { } project)
        {
            return await RefuseAsync(output, code, FaultKind.NotFound);
        }

        var shown = await promotion.PreviewAsync(CommandLine, project);
        if (!shown.Ok)
        {
            return await RefuseAsync(output, code, shown.Fault);
        }

        var preview = shown.Value;
        await foreach (var further in promotion.CountAsync(CommandLine, preview))
        {
            preview = further;
        }

        foreach (var change in preview.Changes)
        {
            await SayAsync(output, change);
        }

        if (dry)
        {
            await output.WriteLineAsync(PromotionWords.Say("Command.Would", preview.Changes.Count, preview.Number + 1));
            return 0;
        }

        var published = await promotion.PublishAsync(CommandLine, preview, comment);
        if (!published.Ok)
        {
            return await RefuseAsync(output, code, published.Fault);
        }

        await output.WriteLineAsync(PromotionWords.Say("Command.Published", published.Value));
        return 0;
    }

    private static async Task SayAsync(TextWriter output, PromotionChange change)
    {
        var sign = change.Kind switch { ChangeKind.Added => '+', ChangeKind.Removed => '-', _ => '~' };
        var subject = change.Subject switch { ChangeSubject.Attribute => "attributes", ChangeSubject.Order => "attributes", _ => "policies" };
        foreach (var property in change.Properties)
        {
            var path = string.Join('.', new[] { subject, change.Subject == ChangeSubject.Order ? "order" : change.Id, property.Name }.Where(p => p.Length > 0));
            await output.WriteLineAsync($"{sign} {path}  {property.Before ?? "-"}  ->  {property.After ?? "-"}");
        }

        foreach (var touch in change.Touches ?? [])
        {
            await output.WriteLineAsync("    " + PromotionWords.Touch(touch));
        }
    }

    private static async Task<int> RefuseAsync(TextWriter output, string code, Fault fault)
    {
        await output.WriteLineAsync($"{code}: {fault.Kind}{(fault.Detail is { } detail ? $": {detail}" : "")}");
        return 1;
    }

    private static (string Code, bool Dry, string? Comment)? Parse(string[] args)
    {
        string? code = null, comment = null;
        var dry = false;
        for (var at = 0; at < args.Length; at++)
        {
            switch (args[at])
            {
                case "--dry-run":
                    dry = true;
                    break;
                case "--comment" when at + 1 < args.Length:
                    comment = args[++at];
                    break;
                case var word when code is null && !word.StartsWith("--", StringComparison.Ordinal):
                    code = word;
                    break;
                default:
                    return null;
            }
        }

        return code is null ? null : (code, dry, comment);
    }
}
