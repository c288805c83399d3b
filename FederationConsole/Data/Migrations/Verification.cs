using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace FederationConsole.Data.Migrations;

/// <summary>
/// Codes, captchas and who sends messages. The counts of tries move to the one table of exact limits; what they held is of ten
/// minutes and is let go.
/// </summary>
[DbContext(typeof(ConsoleDb))]
[Migration("20261122000002_Verification")]
internal sealed class Verification : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable("AttemptCounts");

        migrationBuilder.CreateTable(
            name: "InboxMessages",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Channel = table.Column<int>(nullable: false),
                Target = table.Column<string>(maxLength: 254, nullable: false),
                Subject = table.Column<string>(maxLength: 100, nullable: true),
                Text = table.Column<string>(maxLength: 332, nullable: false),
                At = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_InboxMessages", row => row.Id);
            });

        migrationBuilder.CreateTable(
            name: "LimitCounts",
            columns: table => new
            {
                Key = table.Column<string>(maxLength: 320, nullable: false),
                Until = table.Column<long>(nullable: false),
                Count = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_LimitCounts", row => row.Key);
            });

        migrationBuilder.CreateTable(
            name: "Captchas",
            columns: table => new
            {
                Hash = table.Column<byte[]>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Target = table.Column<string>(maxLength: 254, nullable: false),
                Answer = table.Column<string>(maxLength: 8, nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_Captchas", row => row.Hash);
                table.ForeignKey("FK_Captchas_Environments_EnvironmentId", row => row.EnvironmentId, "Environments", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "MessageSettings",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Channel = table.Column<int>(nullable: false),
                Provider = table.Column<int>(nullable: false),
                Settings = table.Column<string>(nullable: false),
                Secrets = table.Column<string>(nullable: true),
                Version = table.Column<int>(nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_MessageSettings", row => row.Id);
                table.ForeignKey("FK_MessageSettings_Environments_EnvironmentId", row => row.EnvironmentId, "Environments", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateTable(
            name: "OneTimeCodes",
            columns: table => new
            {
                Id = table.Column<long>(nullable: false),
                EnvironmentId = table.Column<long>(nullable: false),
                Purpose = table.Column<int>(nullable: false),
                Target = table.Column<string>(maxLength: 254, nullable: false),
                AppId = table.Column<long>(nullable: false),
                Salt = table.Column<byte[]>(nullable: false),
                Hash = table.Column<byte[]>(nullable: false),
                Tries = table.Column<int>(nullable: false),
                ExpiresAt = table.Column<long>(nullable: false),
                RedeemedAt = table.Column<long>(nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_OneTimeCodes", row => row.Id);
                table.ForeignKey("FK_OneTimeCodes_Environments_EnvironmentId", row => row.EnvironmentId, "Environments", "Id", onDelete: ReferentialAction.Restrict);
            });

        migrationBuilder.CreateIndex("IX_Captchas_EnvironmentId_ExpiresAt", "Captchas", ["EnvironmentId", "ExpiresAt"]);
        migrationBuilder.CreateIndex("IX_Captchas_EnvironmentId_Target", "Captchas", ["EnvironmentId", "Target"], unique: true);
        migrationBuilder.CreateIndex("IX_InboxMessages_EnvironmentId_At", "InboxMessages", ["EnvironmentId", "At"]);
        migrationBuilder.CreateIndex("IX_InboxMessages_EnvironmentId_Id", "InboxMessages", ["EnvironmentId", "Id"]);
        migrationBuilder.CreateIndex("IX_InboxMessages_EnvironmentId_Target_Id", "InboxMessages", ["EnvironmentId", "Target", "Id"]);
        migrationBuilder.CreateIndex("IX_LimitCounts_Until", "LimitCounts", "Until");
        migrationBuilder.CreateIndex("IX_MessageSettings_EnvironmentId_Channel", "MessageSettings", ["EnvironmentId", "Channel"], unique: true);
        migrationBuilder.CreateIndex("IX_OneTimeCodes_EnvironmentId_ExpiresAt", "OneTimeCodes", ["EnvironmentId", "ExpiresAt"]);
        migrationBuilder.CreateIndex("IX_OneTimeCodes_EnvironmentId_Target_Purpose", "OneTimeCodes", ["EnvironmentId", "Target", "Purpose"], unique: true);
    }
}
